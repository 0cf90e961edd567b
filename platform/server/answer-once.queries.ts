import type { Tx } from './database.ts'

interface Place {
  readonly key: string
  readonly operatorId: string
}

/** True for the first request with this key; waits while another transaction holds it. */
export async function reserveAnswer(tx: Tx, { key, operatorId }: Place, requestHash: Buffer): Promise<boolean> {
  const row = await tx.db
    .insertInto('platform.idempotent_answers')
    .values({
      workspace_id: tx.workspaceId,
      operator_id: operatorId,
      key,
      request_hash: requestHash,
      status: 0,
      body: '{}',
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst()
  return row !== undefined
}

export async function saveAnswer(tx: Tx, { key, operatorId }: Place, body: object): Promise<void> {
  await tx.db
    .updateTable('platform.idempotent_answers')
    .set({ status: 200, body: JSON.stringify(body) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('operator_id', '=', operatorId)
    .where('key', '=', key)
    .execute()
}

export async function findAnswer(
  tx: Tx,
  { key, operatorId }: Place,
): Promise<{ requestHash: Buffer; body: unknown } | undefined> {
  return await tx.db
    .selectFrom('platform.idempotent_answers')
    .select(['request_hash as requestHash', 'body'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('operator_id', '=', operatorId)
    .where('key', '=', key)
    .executeTakeFirst()
}
