import type { QueryClient } from '@tanstack/react-query'
import { meQuery } from '#modules/access/web'
import { rereadTalks } from '#modules/customers/web'
import type { Message } from '#modules/inbox/contract'
import { rowsKey } from '#modules/objects/web'
import { ApiProblem, api, putNews, type WebModule, type WirePage } from '#platform/web'
import { type CachedThread, lastSeqOf, withMessages } from './cached-messages.ts'
import { loadedQueues, showInQueues } from './cached-queue.ts'
import { isChangedSince, noteChange, readUnchanged } from './changes-heard.ts'
import { type ConversationWire, inboxKeys, type MessageWire } from './inbox-api.ts'
import { soon } from './soon.ts'
import { COUNTS_AFTER_MS, OWN_AFTER_MS, whatToReread } from './what-to-reread.ts'

interface MessageData {
  conversationId: string
  messageId: string
}
interface ConversationData {
  conversationId: string
  ownerId: string | null
  personId?: string
}

/** The table of all conversations reads every page that is loaded: it may be later. */
const TABLE_AFTER_MS = 1000

/** Keeps the window true: a new message is fetched alone, a changed conversation is replaced in place, lists follow. */
export const followInbox: NonNullable<WebModule['follow']> = (live, cache) => {
  const againQueues = soon(OWN_AFTER_MS, () => cache.invalidateQueries({ queryKey: inboxKeys.queues }))
  const againDay = soon(OWN_AFTER_MS, () => cache.invalidateQueries({ queryKey: inboxKeys.ownDay }))
  const againCounts = soon(COUNTS_AFTER_MS, () => cache.invalidateQueries({ queryKey: inboxKeys.counts }))
  const againTable = soon(TABLE_AFTER_MS, () => cache.invalidateQueries({ queryKey: rowsKey('conversation') }))
  const fetchConversation = oncePerKey((id) => refreshConversation(cache, id))
  const fetchMissing = oncePerKey((id) => addMissingMessages(cache, id))

  live.on<MessageData>('inbox.message_added', ({ data }) => {
    void fetchMissing(data.conversationId)
    void fetchConversation(data.conversationId)
  })
  live.on<MessageData>('inbox.message_changed', ({ data }) => {
    noteChange(data.messageId)
    void refreshMessage(cache, data)
  })
  // Comes with every message too.
  live.on<ConversationData>('inbox.conversation_changed', ({ data }) => {
    if (data.personId) rereadTalks(cache, data.personId)
    void fetchConversation(data.conversationId)
    void cache.invalidateQueries({ queryKey: inboxKeys.routes(data.conversationId) })
    const again = whatToReread(data, {
      me: cache.getQueryData(meQuery.queryKey)?.operator.id,
      queues: loadedQueues(cache),
    })
    if (again.queues) againQueues()
    // Kept for later: read when it is looked at.
    else void cache.invalidateQueries({ queryKey: inboxKeys.queues, refetchType: 'none' })
    if (again.isOwn) againDay()
    againCounts(again.isOwn ? OWN_AFTER_MS : COUNTS_AFTER_MS)
    againTable()
  })
}

const threadOf = (cache: QueryClient, id: string) => cache.getQueryData<CachedThread>(inboxKeys.messages(id))

/** Reads only what the shown thread lacks; one that is only just being read is read once more. */
export async function addMissingMessages(cache: QueryClient, id: string) {
  const thread = threadOf(cache, id)
  if (!thread) return await cache.invalidateQueries({ queryKey: inboxKeys.messages(id), exact: true })
  const { items } = await readUnchanged(
    () =>
      api.get<WirePage<Message>>(`/conversations/${id}/messages`, {
        query: { afterSeq: lastSeqOf(thread), limit: 200 },
      }),
    (page) => page.items.map((message) => message.id),
  )
  putMessages(cache, id, items)
}

/**
 * Puts the answer to an own request into the shown thread, together with what came before it unseen. `askedAt` = the stamp of the request:
 * a message may be sent and read by the customer before its writer hears that it was stored.
 */
export async function addMessage(cache: QueryClient, message: MessageWire, askedAt: number) {
  const { id, conversationId, seq } = message
  const thread = threadOf(cache, conversationId)
  if (thread && (seq > lastSeqOf(thread) + 1 || isChangedSince(id, askedAt)))
    await addMissingMessages(cache, conversationId)
  if (!isChangedSince(id, askedAt)) putMessages(cache, conversationId, [message])
}

/** Puts messages into the shown thread, if it is loaded. */
export function putMessages(cache: QueryClient, conversationId: string, messages: readonly MessageWire[]) {
  const queryKey = inboxKeys.messages(conversationId)
  putNews(cache, queryKey, () =>
    cache.setQueryData<CachedThread>(queryKey, (thread) => thread && withMessages(thread, messages)),
  )
}

async function refreshMessage(cache: QueryClient, { conversationId, messageId }: MessageData) {
  const isShown = threadOf(cache, conversationId)?.pages.some(({ items }) => items.some(({ id }) => id === messageId))
  if (!isShown) return
  const message = await readUnchanged(
    () => api.get<MessageWire>(`/messages/${messageId}`),
    ({ id }) => [id],
  )
  // It was somebody else's and stands in a conversation of theirs now: a line has taken its place.
  if (message.conversationId !== conversationId)
    await cache.invalidateQueries({ queryKey: inboxKeys.messages(conversationId) })
  else putMessages(cache, conversationId, [message])
}

/** One that I do not see any more, handed to another team, says so where it is shown. */
async function refreshConversation(cache: QueryClient, id: string) {
  const queryKey = inboxKeys.conversation(id)
  await cache.invalidateQueries({ queryKey, exact: true, refetchType: 'all' })
  const conversation = cache.getQueryData<ConversationWire>(queryKey)
  if (conversation) showInQueues(cache, conversation)
}

/** At most one run per key at a time; a call during a run leads to exactly one more. */
function oncePerKey(run: (key: string) => Promise<void>) {
  const again = new Map<string, boolean>()
  return async (key: string) => {
    if (again.has(key)) {
      again.set(key, true)
      return
    }
    try {
      do {
        again.set(key, false)
        await run(key)
      } while (again.get(key))
    } catch (error) {
      // A lost connection: the replay after it, or the next event, reads what is missing.
      if (!(error instanceof ApiProblem)) throw error
    } finally {
      again.delete(key)
    }
  }
}
