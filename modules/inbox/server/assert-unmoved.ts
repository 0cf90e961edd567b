import type { Tx } from '#platform/server/database'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import { countUnseen } from './route.queries.ts'

/**
 * An answer to, or the end of, a conversation that moved on behind `seenSeq`, the last place its reader saw, asks first. With the conversation locked.
 * @throws Problem `inbox.thread_moved` (409), with the number of unseen messages
 */
export async function assertUnmoved(
  tx: Tx,
  { operatorId }: Actor,
  conversationId: string,
  seenSeq: number | undefined,
): Promise<void> {
  if (seenSeq === undefined) return
  const count = await countUnseen(tx, { conversationId, afterSeq: seenSeq, operatorId })
  if (count === 0) return
  throw new Problem('inbox.thread_moved', 409, 'Somebody wrote in this conversation meanwhile.', { params: { count } })
}
