import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { meQuery, useMe } from '#modules/access/web'
import { newId } from '#platform/shared/ids'
import { ApiProblem, api, forgetUnsaved, keepUnsaved, problemCode, readUnsaved, stamp } from '#platform/web'
import type { UploadedFile } from './composer/describe-file.ts'
import { addMessage, addMissingMessages } from './follow-inbox.ts'
import { inboxKeys, type MessageWire } from './inbox-api.ts'

/** What is to be sent. */
export interface Outgoing {
  mode: 'reply' | 'note'
  text: string
  files: UploadedFile[]
  accountId?: string
  subject?: string
  /** What becomes of the conversation; left out, it waits for the customer. */
  after?: 'close'
  /** Number of the last message the writer saw. */
  seenSeq: number
}

/**
 * Something on its way to the server, shown before it is stored. `moved` = the thread went on unseen; a person decides. `interrupted` = the
 * page was left before the server answered, so nobody knows whether it is stored.
 */
export interface Sending extends Outgoing {
  /** Also the idempotency key: sent again after a lost answer, it is stored once. */
  key: string
  state: 'sending' | 'failed' | 'moved' | 'interrupted'
  error: unknown
  at: string
}

const sendingQuery = (id: string, me: string) =>
  queryOptions<Sending[]>({
    queryKey: inboxKeys.sending(id),
    queryFn: () => [],
    enabled: false,
    initialData: () => leftBehind(id, me),
    gcTime: Number.POSITIVE_INFINITY,
  })

/** How long after the page was left what was on its way still goes out by itself; later a person decides. */
const GOES_ON_MS = 10 * 60 * 1000

export function useSendings(id: string): Sending[] {
  const cache = useQueryClient()
  const me = useMe().operator.id
  useEffect(() => goOn(cache, id, me), [cache, id, me])
  return useQuery(sendingQuery(id, me)).data
}

/** What nobody answered, as when the page is left, may be stored or not: the next page takes it for what it is, under way. */
const forNextPage = ({ state, error, ...sending }: Sending): Sending => ({
  ...sending,
  state: error instanceof ApiProblem && error.problem.status === 0 ? 'sending' : state,
  error: null,
})

const nameOf = (id: string, me: string) => `${me}.sending.${id}`

/** What the page before this one did not get through. */
const leftBehind = (id: string, me: string): Sending[] =>
  (readUnsaved<Sending[]>(nameOf(id, me)) ?? []).map((sending) => ({
    ...sending,
    state: sending.state === 'moved' ? 'moved' : 'interrupted',
    error: null,
  }))

/** Sends again what was on its way when the page was left: most of it is stored already, and comes back as it is. */
function goOn(cache: QueryClient, id: string, me: string) {
  const shown = cache.getQueryData<Sending[]>(inboxKeys.sending(id)) ?? []
  for (const left of readUnsaved<Sending[]>(nameOf(id, me)) ?? []) {
    const isInterrupted = shown.some(({ key, state }) => key === left.key && state === 'interrupted')
    if (left.state !== 'sending' || !isInterrupted || Date.now() - Date.parse(left.at) > GOES_ON_MS) continue
    replace(cache, id, left)
    void deliver(cache, id, left)
  }
}

/** Sends answers and notes of one conversation. What fails stays on screen, also after a reload, until it is sent again or dropped. */
export function useSend(id: string) {
  const cache = useQueryClient()
  return {
    send: (outgoing: Outgoing) => {
      const sending: Sending = {
        ...outgoing,
        key: newId(),
        state: 'sending',
        error: null,
        at: new Date().toISOString(),
      }
      change(cache, id, (all) => [...all, sending])
      void deliver(cache, id, sending)
    },
    /** `isMeant` sends although the thread has moved. */
    again: (sending: Sending, { isMeant = false } = {}) => {
      replace(cache, id, { ...sending, state: 'sending' })
      void deliver(cache, id, sending, isMeant)
    },
    drop: (key: string) => change(cache, id, (all) => all.filter((each) => each.key !== key)),
  }
}

function change(cache: QueryClient, id: string, how: (all: Sending[]) => Sending[]) {
  const all = how(cache.getQueryData<Sending[]>(inboxKeys.sending(id)) ?? [])
  cache.setQueryData<Sending[]>(inboxKeys.sending(id), all)
  const me = cache.getQueryData(meQuery.queryKey)?.operator.id
  if (me === undefined) return
  if (all.length > 0) keepUnsaved(nameOf(id, me), all.map(forNextPage))
  else forgetUnsaved(nameOf(id, me))
}

const replace = (cache: QueryClient, id: string, sending: Sending) =>
  change(cache, id, (all) => all.map((each) => (each.key === sending.key ? sending : each)))

async function deliver(cache: QueryClient, id: string, sending: Sending, isMeant = false) {
  const { mode, text, files, accountId, subject, after, seenSeq, key } = sending
  const fileIds = files.map((file) => file.id)
  const body =
    mode === 'note'
      ? { text, files: fileIds }
      : { text, files: fileIds, accountId, subject, after, ...(isMeant ? {} : { seenSeq }) }
  try {
    const path = `/conversations/${id}/${mode === 'note' ? 'notes' : 'replies'}`
    // The answer to "send although the thread moved" is another request than the one refused.
    const askedAt = stamp()
    const message = await api.post<MessageWire>(path, body, {
      headers: { 'idempotency-key': isMeant ? `${key}-meant` : key },
    })
    const done = () => change(cache, id, (all) => all.filter((each) => each.key !== key))
    // It is stored: whatever becomes of reading the thread, it must not look unsent.
    await addMessage(cache, message, askedAt).finally(done)
  } catch (error) {
    const state = problemCode(error) === 'inbox.thread_moved' ? 'moved' : 'failed'
    replace(cache, id, { ...sending, state, error })
    // What is new must stand above the question whether the answer still fits.
    if (state === 'moved') await addMissingMessages(cache, id)
  }
}
