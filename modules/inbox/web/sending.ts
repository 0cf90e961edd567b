import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { newId } from '#platform/shared/ids'
import { api, problemCode, stamp } from '#platform/web'
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

/** Something on its way to the server, shown before it is stored. `moved` = the thread went on unseen; a person decides. */
export interface Sending extends Outgoing {
  /** Also the idempotency key: sent again after a lost answer, it is stored once. */
  key: string
  state: 'sending' | 'failed' | 'moved'
  error: unknown
  at: string
}

const sendingQuery = (id: string) =>
  queryOptions<Sending[]>({
    queryKey: inboxKeys.sending(id),
    queryFn: () => [],
    enabled: false,
    initialData: [],
    gcTime: Number.POSITIVE_INFINITY,
  })

export const useSendings = (id: string): Sending[] => useQuery(sendingQuery(id)).data

/** Sends answers and notes of one conversation. What fails stays on screen until it is sent again or dropped. */
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

const change = (cache: QueryClient, id: string, how: (all: Sending[]) => Sending[]) =>
  cache.setQueryData<Sending[]>(inboxKeys.sending(id), (all = []) => how(all))

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
