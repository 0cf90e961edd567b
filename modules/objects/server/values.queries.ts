import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { ObjectSource } from '#platform/server/objects/source'

/** True when there is no such object, or (target null) no such file. */
export async function findMissing(tx: Tx, target: ObjectSource | null, id: string): Promise<boolean> {
  const row = sql.ref('r0')
  const from = target ? target.table : sql`platform.files`
  const only = target?.only ? sql`and ${target.only(row)}` : sql``
  const { rows } = await sql`
    select from ${from} as ${row} where ${row}.workspace_id = ${tx.workspaceId} and ${row}.id = ${id}::uuid ${only}`.execute(
    tx.db,
  )
  return rows.length === 0
}

/** Lets an object hold a value of a unique field instead of the one that it held. False when another one holds it. */
export async function holdUnique(
  tx: Tx,
  { fieldId, holderId, value }: { fieldId: string; holderId: string; value: string | null },
): Promise<boolean> {
  await tx.db
    .deleteFrom('objects.unique_values')
    .where('workspace_id', '=', tx.workspaceId)
    .where('field_id', '=', fieldId)
    .where('holder_id', '=', holderId)
    .execute()
  if (value === null) return true
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('objects.unique_values')
    .values({ workspace_id: tx.workspaceId, field_id: fieldId, value, holder_id: holderId })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/**
 * Holds the values that objects have in a field which becomes unique. False when two of them have the same.
 * Everything at once: a workspace has as many rows here as objects with a value.
 */
export async function holdExisting(
  tx: Tx,
  { fieldId, key, object }: { fieldId: string; key: string; object: ObjectSource },
): Promise<boolean> {
  if (!object.custom) return true
  const row = sql.ref('r0')
  const value = sql`${object.custom(row)} -> ${key}::text`
  const only = object.only ? sql`and ${object.only(row)}` : sql``
  const held = sql`select lower(case jsonb_typeof(${value}) when 'string' then ${value} #>> '{}' else (${value})::text end) as value, ${row}.id
    from ${object.table} as ${row} where ${row}.workspace_id = ${tx.workspaceId} and ${object.custom(row)} ? ${key}::text ${only}`
  const { rows } = await sql<{ isClear: boolean }>`
    select not exists (select value from (${held}) as held group by value having count(*) > 1) as "isClear"`.execute(
    tx.db,
  )
  if (!rows[0]?.isClear) return false
  await sql`insert into objects.unique_values (workspace_id, field_id, value, holder_id)
    select ${tx.workspaceId}, ${fieldId}::uuid, value, id from (${held}) as held
    on conflict (workspace_id, field_id, value) do nothing`.execute(tx.db)
  return true
}

export const releaseField = (tx: Tx, fieldId: string) =>
  tx.db
    .deleteFrom('objects.unique_values')
    .where('workspace_id', '=', tx.workspaceId)
    .where('field_id', '=', fieldId)
    .execute()
