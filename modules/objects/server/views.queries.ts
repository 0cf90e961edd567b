import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { isUniqueViolation } from '#platform/server/unique-violation'
import type { Condition } from '#platform/shared/objects/condition'
import { Problem } from '#platform/shared/problems'
import type { ViewColumn } from '../contract/index.ts'

/** A view as it is stored. */
export interface StoredView {
  readonly id: string
  readonly object: string
  readonly ownerId: string
  readonly name: string
  readonly isShared: boolean
  readonly columns: ViewColumn[]
  readonly condition: Condition | null
  readonly sort: string
  readonly groupBy: string | null
  readonly createdAt: Date
  readonly updatedAt: Date
}

const selected = [
  'id',
  'object',
  'owner_id as ownerId',
  'name',
  'is_shared as isShared',
  'columns',
  'condition',
  'sort',
  'group_by as groupBy',
  'created_at as createdAt',
  'updated_at as updatedAt',
] as const

function nameTaken(error: unknown): never {
  if (isUniqueViolation(error))
    throw new Problem('objects.view_name_taken', 409, 'You have a view of that name already.')
  throw error
}

/** @throws Problem `objects.view_name_taken` */
export const insertView = (tx: Tx, view: StoredView) =>
  tx.db
    .insertInto('objects.views')
    .values({
      workspace_id: tx.workspaceId,
      id: view.id,
      object: view.object,
      owner_id: view.ownerId,
      created_at: view.createdAt,
      ...changeable(view),
    })
    .execute()
    .catch(nameTaken)

/** @throws Problem `objects.view_name_taken` */
export const updateView = (tx: Tx, view: StoredView) =>
  tx.db
    .updateTable('objects.views')
    .set(changeable(view))
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', view.id)
    .execute()
    .catch(nameTaken)

const changeable = ({ name, isShared, columns, condition, sort, groupBy, updatedAt }: StoredView) => ({
  name,
  is_shared: isShared,
  columns: JSON.stringify(columns),
  condition: condition && JSON.stringify(condition),
  sort,
  group_by: groupBy,
  updated_at: updatedAt,
})

export const deleteView = (tx: Tx, id: string) =>
  tx.db.deleteFrom('objects.views').where('workspace_id', '=', tx.workspaceId).where('id', '=', id).execute()

/** Views of an object that an operator sees: shared ones and their own, by name. */
export const findViews = (tx: Tx, object: string, operatorId: string | null): Promise<StoredView[]> =>
  tx.db
    .selectFrom('objects.views')
    .select(selected)
    .where('workspace_id', '=', tx.workspaceId)
    .where('object', '=', object)
    .where((view) => view.or([view('is_shared', '=', true), view('owner_id', '=', operatorId)]))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute()

/** How many views of an object an operator keeps. */
export async function countViews(tx: Tx, object: string, ownerId: string): Promise<number> {
  const { count } = await tx.db
    .selectFrom('objects.views')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('object', '=', object)
    .where('owner_id', '=', ownerId)
    .executeTakeFirstOrThrow()
  return count
}

/** A view, locked until the transaction ends. */
export const lockView = (tx: Tx, id: string): Promise<StoredView | undefined> =>
  tx.db
    .selectFrom('objects.views')
    .select(selected)
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
