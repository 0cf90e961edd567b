import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { idsFound } from '#platform/server/objects/find'
import { isUuid } from '#platform/shared/ids'
import { decodeCursor, foreignCursor, type Page, type PageQuery, toPage } from '#platform/shared/page'
import type { BulkEdit, BulkRow } from '../contract/index.ts'
import type { Json } from './value-rules.ts'

/** A bulk edit as it is stored. */
export type StoredBulkEdit = Omit<BulkEdit, 'can'> & { readonly undoneBy: string | null }
export type BulkRowState = BulkRow['state']

/** What came of one object in a batch. */
export interface BulkOutcome {
  readonly id: string
  readonly state: BulkRowState
  readonly before: Json
  readonly after: Json
  readonly problem: string | null
  /** What the owning module wants back beside the value, when this is put back. */
  readonly memory?: unknown
}

const selected = [
  'id',
  'object',
  'field',
  'op',
  'value',
  'state',
  'operator_id as operatorId',
  'operator_name as operatorName',
  'undone_by as undoneBy',
  'total',
  'changed',
  'same',
  'failed',
  'undone',
  'left_alone as leftAlone',
  'created_at as createdAt',
  'ended_at as endedAt',
] as const

type NewBulkEdit = Pick<
  StoredBulkEdit,
  'id' | 'object' | 'field' | 'op' | 'value' | 'operatorId' | 'operatorName' | 'createdAt' | 'total'
>

export const insertBulkEdit = (tx: Tx, edit: NewBulkEdit) =>
  tx.db
    .insertInto('objects.bulk_edits')
    .values({
      workspace_id: tx.workspaceId,
      id: edit.id,
      object: edit.object,
      field: edit.field,
      op: edit.op,
      value: JSON.stringify(edit.value),
      state: 'running',
      operator_id: edit.operatorId,
      operator_name: edit.operatorName,
      total: edit.total,
      created_at: edit.createdAt,
    })
    .execute()

/** Notes which objects a bulk edit will change, at most `limit`; resolves to how many they are. */
export async function insertBulkRows(
  tx: Tx,
  editId: string,
  search: Parameters<typeof idsFound>[1],
  limit: number,
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into objects.bulk_edit_rows (workspace_id, edit_id, thing_id, state)
    select ${tx.workspaceId}::uuid, ${editId}::uuid, found.id, 'waiting' from (${idsFound(tx, search, limit)}) as found`.execute(
    tx.db,
  )
  return Number(numAffectedRows ?? 0)
}

export const setBulkTotal = (tx: Tx, id: string, total: number) =>
  tx.db
    .updateTable('objects.bulk_edits')
    .set({ total })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()

export const setBulkState = (
  tx: Tx,
  id: string,
  { state, endedAt, undoneBy }: { state: StoredBulkEdit['state']; endedAt: Date | null; undoneBy?: string },
) =>
  tx.db
    .updateTable('objects.bulk_edits')
    .set({ state, ended_at: endedAt, ...(undoneBy ? { undone_by: undoneBy } : {}) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()

export const findBulkEdit = (tx: Tx, id: string): Promise<StoredBulkEdit | undefined> =>
  tx.db
    .selectFrom('objects.bulk_edits')
    .select(selected)
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()

/** A bulk edit, locked until the transaction ends: one batch, stop or undo of it at a time. */
export const lockBulkEdit = (tx: Tx, id: string): Promise<StoredBulkEdit | undefined> =>
  tx.db
    .selectFrom('objects.bulk_edits')
    .select(selected)
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

/** The next objects of a bulk edit in one state, in one order, so that two edits that meet do not wait for each other in a circle. */
export const findBulkBatch = (tx: Tx, editId: string, state: BulkRowState, limit: number) =>
  tx.db
    .selectFrom('objects.bulk_edit_rows')
    .select(['thing_id as id', 'before', 'after', 'memory'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('edit_id', '=', editId)
    .where('state', '=', state)
    .orderBy('thing_id')
    .limit(limit)
    .execute()

/** Holds objects as they are until the transaction ends, in one order, so that what is read of them now is what a change replaces. */
export const lockThings = (tx: Tx, table: string, ids: readonly string[]) =>
  sql`select from ${sql.table(table)} as thing where workspace_id = ${tx.workspaceId} and id = any(${[...ids]}::uuid[]) order by id for update`.execute(
    tx.db,
  )

/** Notes what came of a batch, and counts it. */
export async function saveOutcomes(tx: Tx, editId: string, outcomes: readonly BulkOutcome[]): Promise<void> {
  const given = JSON.stringify(outcomes)
  await sql`
    update objects.bulk_edit_rows as r set state = o.state, before = o.before, after = o.after, problem = o.problem, memory = o.memory
    from jsonb_to_recordset(${given}::jsonb) as o (id uuid, state text, before jsonb, after jsonb, problem text, memory jsonb)
    where r.workspace_id = ${tx.workspaceId} and r.edit_id = ${editId} and r.thing_id = o.id`.execute(tx.db)
  const many = (state: BulkRowState) => outcomes.filter((one) => one.state === state).length
  await sql`
    update objects.bulk_edits set changed = changed + ${many('changed')}, same = same + ${many('same')}, failed = failed + ${many('failed')},
      undone = undone + ${many('undone')}, left_alone = left_alone + ${many('left')}
    where workspace_id = ${tx.workspaceId} and id = ${editId}`.execute(tx.db)
}

/** Bulk edits since a day, newest first: of one operator, or (null) of everybody. */
export async function findBulkEdits(
  tx: Tx,
  asked: PageQuery & { object?: string | undefined; operatorId: string | null; since: Date },
): Promise<Page<StoredBulkEdit>> {
  const { object, operatorId, since, cursor, limit } = asked
  let query = tx.db
    .selectFrom('objects.bulk_edits')
    .select(selected)
    .where('workspace_id', '=', tx.workspaceId)
    .where('created_at', '>=', since)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (object !== undefined) query = query.where('object', '=', object)
  if (operatorId !== null) query = query.where('operator_id', '=', operatorId)
  if (cursor) {
    const [at, id] = decodeCursor(cursor, 2)
    if (Number.isNaN(Date.parse(String(at))) || !isUuid(String(id))) throw foreignCursor()
    query = query.where(sql<boolean>`(created_at, id) < (${at}::timestamptz, ${id}::uuid)`)
  }
  return toPage(await query.execute(), limit, ({ createdAt, id }) => [createdAt.toISOString(), id])
}

export async function findBulkRows(
  tx: Tx,
  editId: string,
  { state, cursor, limit }: PageQuery & { state?: BulkRowState | undefined },
): Promise<Page<Omit<BulkRow, 'name'>>> {
  let query = tx.db
    .selectFrom('objects.bulk_edit_rows')
    .select(['thing_id as id', 'state', 'problem', 'before', 'after'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('edit_id', '=', editId)
    .orderBy('thing_id')
    .limit(limit + 1)
  if (state !== undefined) query = query.where('state', '=', state)
  if (cursor) {
    const id = String(decodeCursor(cursor, 1)[0])
    if (!isUuid(id)) throw foreignCursor()
    query = query.where('thing_id', '>', id)
  }
  return toPage(await query.execute(), limit, ({ id }) => [id])
}

/** Forgets old bulk edits with all that they noted, in every workspace. */
export const deleteBulkEditsBefore = (tx: Tx, before: Date) =>
  tx.db.deleteFrom('objects.bulk_edits').where('created_at', '<', before).execute()
