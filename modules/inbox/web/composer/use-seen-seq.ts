import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { type CachedThread, lastSeqOf } from '../cached-messages.ts'
import { type ConversationWire, inboxKeys } from '../inbox-api.ts'

/** Number of the last message of a conversation that stands on the screen; undefined before its thread is there. */
export function seenSeqIn(cache: QueryClient, conversationId: string): number | undefined {
  const thread = cache.getQueryData<CachedThread>(inboxKeys.messages(conversationId))
  return thread && lastSeqOf(thread)
}

/** Reads, at the moment of sending, the number of the last message that stands on the writer's screen. */
export function useSeenSeq({ id, lastSeq }: ConversationWire): () => number {
  const cache = useQueryClient()
  return () => seenSeqIn(cache, id) ?? lastSeq
}
