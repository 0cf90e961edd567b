import { useQueryClient } from '@tanstack/react-query'
import { type CachedThread, lastSeqOf } from '../cached-messages.ts'
import { type ConversationWire, inboxKeys } from '../inbox-api.ts'

/** Reads, at the moment of sending, the number of the last message that stands on the writer's screen. */
export function useSeenSeq({ id, lastSeq }: ConversationWire): () => number {
  const cache = useQueryClient()
  return () => {
    const thread = cache.getQueryData<CachedThread>(inboxKeys.messages(id))
    return thread ? lastSeqOf(thread) : lastSeq
  }
}
