import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { type ConversationWire, inboxKeys, type QueueQuery } from './inbox-api.ts'
import type { LoadedQueue } from './what-to-reread.ts'

type CachedQueue = InfiniteData<{ items: ConversationWire[]; nextCursor: string | null }, string | null>

/** Shows this state of a conversation everywhere at once: in the open thread and in every list that holds it. */
export function setConversation(cache: QueryClient, conversation: ConversationWire): void {
  cache.setQueryData(inboxKeys.conversation(conversation.id), conversation)
  showInQueues(cache, conversation)
}

/** Shows this state of a conversation in every list that holds it. */
export const showInQueues = (cache: QueryClient, conversation: ConversationWire): void =>
  changeInQueues(cache, conversation.id, () => conversation)

/** Changes what is shown of a conversation before the server has answered. Gives back how to undo it. */
export function changeConversation(
  cache: QueryClient,
  id: string,
  change: (conversation: ConversationWire) => ConversationWire,
): () => void {
  const key = inboxKeys.conversation(id)
  const before = cache.getQueryData<ConversationWire>(key)
  if (before) cache.setQueryData(key, change(before))
  changeInQueues(cache, id, change)
  return () => {
    if (before) setConversation(cache, before)
  }
}

function changeInQueues(cache: QueryClient, id: string, change: (conversation: ConversationWire) => ConversationWire) {
  cache.setQueriesData<CachedQueue>({ queryKey: inboxKeys.queues }, (queue) => {
    if (!queue?.pages.some(({ items }) => items.some((item) => item.id === id))) return queue
    const pages = queue.pages.map((page) => ({
      ...page,
      items: page.items.map((item) => (item.id === id ? change(item) : item)),
    }))
    return { ...queue, pages }
  })
}

/** Every queue that is loaded, for what a change may ask to be read again. */
export const loadedQueues = (cache: QueryClient): LoadedQueue[] =>
  cache
    .getQueryCache()
    .findAll({ queryKey: inboxKeys.queues })
    .map((query) => {
      const asked = query.queryKey[inboxKeys.queues.length] as QueueQuery // as queueQuery makes it
      const { data } = query.state as { data: CachedQueue | undefined }
      const ids = new Set(data?.pages.flatMap(({ items }) => items.map(({ id }) => id)))
      return { view: asked.view, isShown: query.isActive(), ids }
    })

/** The conversation as some list already shows it, so that opening it shows its head at once. */
export function findInQueues(cache: QueryClient, id: string): ConversationWire | undefined {
  for (const [, queue] of cache.getQueriesData<CachedQueue>({ queryKey: inboxKeys.queues })) {
    for (const page of queue?.pages ?? []) {
      const found = page.items.find((item) => item.id === id)
      if (found) return found
    }
  }
  return undefined
}
