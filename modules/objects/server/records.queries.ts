import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { CustomValues } from '../contract/index.ts'

/** A custom object as it is stored. */
export interface StoredRecord {
  readonly id: string
  readonly name: string
  readonly custom: CustomValues
  readonly archivedAt: Date | null
  readonly createdAt: Date
  readonly updatedAt: Date
}

const columns = [
  'id',
  'name',
  'custom',
  'archived_at as archivedAt',
  'created_at as createdAt',
  'updated_at as updatedAt',
] as const

export const insertRecord = (
  tx: Tx,
  objectId: string,
  record: Pick<StoredRecord, 'id' | 'name' | 'custom' | 'createdAt'>,
) =>
  tx.db
    .insertInto('objects.records')
    .values({
      workspace_id: tx.workspaceId,
      object_id: objectId,
      id: record.id,
      name: record.name,
      custom: JSON.stringify(record.custom),
      archived_at: null,
      created_at: record.createdAt,
      updated_at: record.createdAt,
    })
    .execute()

export const updateRecord = (tx: Tx, { id, name, custom, archivedAt, updatedAt }: StoredRecord) =>
  tx.db
    .updateTable('objects.records')
    .set({ name, custom: JSON.stringify(custom), archived_at: archivedAt, updated_at: updatedAt })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()

/** A record of one object, locked until the transaction ends. */
export const lockRecord = (tx: Tx, objectId: string, id: string): Promise<StoredRecord | undefined> =>
  tx.db
    .selectFrom('objects.records')
    .select(columns)
    .where('workspace_id', '=', tx.workspaceId)
    .where('object_id', '=', objectId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

/** Records by ids, in the order of the ids. */
export async function findRecords(tx: Tx, objectId: string, ids: readonly string[]): Promise<StoredRecord[]> {
  if (ids.length === 0) return []
  return tx.db
    .selectFrom('objects.records')
    .select(columns)
    .where('workspace_id', '=', tx.workspaceId)
    .where('object_id', '=', objectId)
    .where('id', 'in', ids)
    .orderBy(sql`array_position(${ids}::uuid[], id)`)
    .execute()
}
