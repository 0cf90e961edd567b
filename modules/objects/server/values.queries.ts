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

/** A value of a unique field and the object that holds it. */
export interface Held {
  readonly fieldId: string
  readonly value: string
  readonly holderId: string
}

/** Who holds these values. */
export async function findHeld(tx: Tx, wanted: readonly Pick<Held, 'fieldId' | 'value'>[]): Promise<Held[]> {
  if (wanted.length === 0) return []
  const { rows } = await sql<Held>`
    select u.field_id as "fieldId", u.value, u.holder_id as "holderId"
    from unnest(${wanted.map(({ fieldId }) => fieldId)}::uuid[], ${wanted.map(({ value }) => value)}::text[]) as wanted (field_id, value)
    join objects.unique_values u on u.workspace_id = ${tx.workspaceId} and u.field_id = wanted.field_id and u.value = wanted.value`.execute(
    tx.db,
  )
  return rows
}

/** Lets go of what these objects hold in these fields. */
export async function releaseMany(tx: Tx, held: readonly Omit<Held, 'value'>[]): Promise<void> {
  if (held.length === 0) return
  await sql`delete from objects.unique_values u
    using unnest(${held.map(({ fieldId }) => fieldId)}::uuid[], ${held.map(({ holderId }) => holderId)}::uuid[]) as given (field_id, holder_id)
    where u.workspace_id = ${tx.workspaceId} and u.field_id = given.field_id and u.holder_id = given.holder_id`.execute(
    tx.db,
  )
}

/** As `holdUnique` for many values that nobody else holds. */
export async function holdMany(tx: Tx, held: readonly Held[]): Promise<void> {
  if (held.length === 0) return
  const given = sql`unnest(${held.map(({ fieldId }) => fieldId)}::uuid[], ${held.map(({ value }) => value)}::text[],
    ${held.map(({ holderId }) => holderId)}::uuid[]) as given (field_id, value, holder_id)`
  await releaseMany(tx, held)
  await sql`insert into objects.unique_values (workspace_id, field_id, value, holder_id)
    select ${tx.workspaceId}, field_id, value, holder_id from ${given}`.execute(tx.db)
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

/** Lets go of every unique value that these objects hold. */
export async function releaseHolders(tx: Tx, holderIds: readonly string[]): Promise<void> {
  if (holderIds.length === 0) return
  await tx.db
    .deleteFrom('objects.unique_values')
    .where('workspace_id', '=', tx.workspaceId)
    .where('holder_id', 'in', [...holderIds])
    .execute()
}
