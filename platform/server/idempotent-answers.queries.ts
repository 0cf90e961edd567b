import { sql } from 'kysely'
import type { Actor } from '#platform/shared/actor'
import type { Tx } from './database.ts'

export interface IdempotentAnswer {
  requestHash: Buffer
  status: number
  body: unknown
}

/** The answer that was given to the request with this `Idempotency-Key` before, if any. */
export async function findAnswer(tx: Tx, actor: Actor, key: string): Promise<IdempotentAnswer | undefined> {
  return await tx.db
    .selectFrom('platform.idempotent_answers')
    .select(['request_hash as requestHash', 'status', 'body'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('operator_id', '=', actor.operatorId)
    .where('key', '=', key)
    .executeTakeFirst()
}

/** Until the transaction ends, a second request with the same key waits here and then finds the first one's answer. */
export async function lockKey(tx: Tx, actor: Actor, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.workspaceId} ${actor.operatorId} ${key}`}, 0))`.execute(
    tx.db,
  )
}

/** Keeps the answer with the change it reports. */
export async function keepAnswer(tx: Tx, actor: Actor, key: string, answer: IdempotentAnswer): Promise<void> {
  if (!actor.operatorId) return
  await tx.db
    .insertInto('platform.idempotent_answers')
    .values({
      workspace_id: tx.workspaceId,
      operator_id: actor.operatorId,
      key,
      request_hash: answer.requestHash,
      status: answer.status,
      body: JSON.stringify(answer.body),
    })
    .execute()
}

export async function deleteAnswersBefore(tx: Tx, before: Date): Promise<void> {
  await tx.db.deleteFrom('platform.idempotent_answers').where('created_at', '<', before).execute()
}
