import { sql } from 'kysely'
import type { Database, Tx } from '#platform/server/database'
import { indexedValue } from '#platform/server/objects/order'
import type { ObjectSource } from '#platform/server/objects/source'
import type { FieldType } from '#platform/shared/objects/field-types'
import type { FieldIndex } from '../contract/index.ts'

export interface StoredIndex extends Omit<FieldIndex, 'field'> {
  readonly fieldId: string
}

/** Every index that the workspace asked for. */
export const findIndexes = (tx: Tx): Promise<StoredIndex[]> =>
  tx.db
    .selectFrom('objects.field_indexes')
    .select(['field_id as fieldId', 'state', 'problem', 'asked_at as askedAt', 'ended_at as endedAt'])
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('field_id')
    .execute()

/** Asked for anew, whatever stood there. */
export async function saveAsked(tx: Tx, fieldId: string, at: Date): Promise<void> {
  const row = { state: 'building', problem: null, asked_at: at, ended_at: null } as const
  await tx.db
    .insertInto('objects.field_indexes')
    .values({ workspace_id: tx.workspaceId, field_id: fieldId, ...row })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'field_id']).doUpdateSet(row))
    .execute()
}

/** True while somebody still waits for it. */
export async function saveBuilt(
  tx: Tx,
  fieldId: string,
  { problem, at }: { problem: string | null; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('objects.field_indexes')
    .set({ state: problem === null ? 'ready' : 'failed', problem, ended_at: at })
    .where('workspace_id', '=', tx.workspaceId)
    .where('field_id', '=', fieldId)
    .where('state', '=', 'building')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** False when there was none. */
export async function deleteIndex(tx: Tx, fieldId: string): Promise<boolean> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('objects.field_indexes')
    .where('workspace_id', '=', tx.workspaceId)
    .where('field_id', '=', fieldId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

const nameOf = (fieldId: string) => `field_${fieldId.replaceAll('-', '')}`

/** Indexes that are said to be there and are not, or half: after a restore, or a process that ended while it built. As the owner. */
export async function findMissing(tx: Tx): Promise<{ workspaceId: string; fieldId: string }[]> {
  const { rows } = await sql<{ workspaceId: string; fieldId: string }>`
    select f.workspace_id as "workspaceId", f.field_id as "fieldId" from objects.field_indexes f
    where f.state <> 'failed' and not exists (
      select from pg_class c join pg_index i on i.indexrelid = c.oid
      where c.relname = 'field_' || replace(f.field_id::text, '-', '') and i.indisvalid)`.execute(tx.db)
  return rows
}

/** Where an index stands, as SQL without parameters: none may stand in the description of an index. */
export interface IndexPlace {
  readonly fieldId: string
  readonly workspaceId: string
  /** `customers.people` */
  readonly table: string
  /** What is looked for and sorted by. */
  readonly value: string
}

/** What the index of an own field holds, over the rows of its table; undefined when it has none. */
export function indexedSql(
  tx: Tx,
  { indexed: table, custom }: ObjectSource,
  { key, type }: { key: string; type: FieldType },
): string | undefined {
  const row = sql.ref(table?.split('.').at(-1) ?? '')
  return table && custom && indexedValue(custom(row), key, type)?.compile(tx.db).sql
}

/**
 * Builds the index beside the traffic, in place of one that is half built. As the owner and outside of a transaction, as PostgreSQL wants it;
 * afterwards the planner learns how the values are spread. Resolves to why it could not be built; null when it stands.
 */
export async function buildIndex({ pool }: Database, place: IndexPlace): Promise<string | null> {
  const { table, value, workspaceId, fieldId } = place
  await dropIndex({ pool }, table, fieldId)
  try {
    await pool.query(
      `create index concurrently ${nameOf(fieldId)} on ${table} (workspace_id, (${value}), id)
      where workspace_id = '${workspaceId}' and (${value}) is not null`,
    )
    await pool.query(`analyze ${table}`)
    return null
  } catch (error) {
    await dropIndex({ pool }, table, fieldId)
    return error instanceof Error ? error.message : String(error)
  }
}

/** Takes the index away, if there is one. */
export async function dropIndex({ pool }: Pick<Database, 'pool'>, table: string, fieldId: string): Promise<void> {
  await pool.query(`drop index concurrently if exists ${table.split('.')[0]}.${nameOf(fieldId)}`)
}
