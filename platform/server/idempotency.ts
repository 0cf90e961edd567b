import { createHash } from 'node:crypto'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import type { Tx } from './database.ts'
import { findAnswer, keepAnswer, lockKey } from './idempotent-answers.queries.ts'

/**
 * Runs `work` once per `Idempotency-Key` of this operator: a repeated request gets the first answer and changes nothing.
 * The answer is stored in the same transaction as the change.
 *
 * @throws Problem `request.idempotency_key_reused` when the key came with another request
 */
export async function once<Body>(
  tx: Tx,
  actor: Actor,
  { key, request }: { key: string | undefined; request: unknown },
  work: () => Promise<{ status: number; body: Body }>,
): Promise<{ status: number; body: Body }> {
  if (!key) return work()
  const requestHash = createHash('sha256').update(JSON.stringify(request)).digest()
  await lockKey(tx, actor, key)
  const known = await findAnswer(tx, actor, key)
  if (known) {
    if (!known.requestHash.equals(requestHash)) {
      throw new Problem('request.idempotency_key_reused', 422, 'This Idempotency-Key was used with another request.')
    }
    // The stored JSON is the answer that `work` gave, so it has the shape of Body.
    return { status: known.status, body: known.body as Body }
  }
  const answer = await work()
  await keepAnswer(tx, actor, key, { requestHash, ...answer })
  return answer
}
