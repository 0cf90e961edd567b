import { createHash } from 'node:crypto'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import { findAnswer, reserveAnswer, saveAnswer } from './answer-once.queries.ts'
import type { Tx } from './database.ts'

const MAX_KEY_LENGTH = 200

/**
 * Runs `work` once for each key of one caller (`Idempotency-Key`), in the caller's transaction: a repeated request gets the answer of
 * the first, one that comes while the first still runs waits for it. Without a key, or for Okno itself, `work` simply runs. The
 * answer is kept as JSON.
 *
 * @throws Problem `request.idempotency_key` (422) when the key is too long or was used for another request
 */
export async function answerOnce<Answer extends object>(
  tx: Tx,
  actor: Actor,
  { key, request }: { key: string | undefined; request: unknown },
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (!key || !actor.operatorId) return await work()
  if (key.length > MAX_KEY_LENGTH)
    throw new Problem('request.idempotency_key', 422, `An idempotency key has at most ${MAX_KEY_LENGTH} characters.`)
  const place = { key, operatorId: actor.operatorId }
  const requestHash = createHash('sha256').update(JSON.stringify(request)).digest()
  if (await reserveAnswer(tx, place, requestHash)) {
    const answer = await work()
    await saveAnswer(tx, place, answer)
    return answer
  }
  const given = await findAnswer(tx, place)
  if (!given?.requestHash.equals(requestHash))
    throw new Problem('request.idempotency_key', 422, 'This idempotency key was used for another request.')
  return given.body as Answer // stored by the same call with the same request
}
