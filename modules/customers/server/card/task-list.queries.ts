import { type Expression, type SqlBool, sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { Task } from '../../contract/around.ts'
import type { TaskCounts, TaskState } from '../../contract/tasks.ts'
import { taskColumns } from './tasks.queries.ts'

/** Whose tasks are meant: of these operators, of nobody (null), of everybody. */
export type TaskOwners = readonly string[] | null | 'everybody'

/** The first moment of tomorrow where the workspace is. */
const endOfToday = (tx: Tx, now: Date) =>
  sql<Date>`(select ((${now}::timestamptz at time zone w.time_zone)::date + 1)::timestamp at time zone w.time_zone
    from platform.workspaces w where w.id = ${tx.workspaceId})`

const ofOwners = (owners: TaskOwners): Expression<SqlBool> =>
  owners === 'everybody'
    ? sql<SqlBool>`true`
    : owners === null
      ? sql<SqlBool>`assignee_id is null`
      : sql<SqlBool>`assignee_id = any(${owners}::uuid[])`

function inState(tx: Tx, state: TaskState, now: Date): Expression<SqlBool> {
  const at = sql`${now}::timestamptz`
  const conditions = {
    open: sql<SqlBool>`done_at is null`,
    overdue: sql<SqlBool>`done_at is null and due_at <= ${at}`,
    today: sql<SqlBool>`done_at is null and due_at > ${at} and due_at < ${endOfToday(tx, now)}`,
    later: sql<SqlBool>`done_at is null and due_at >= ${endOfToday(tx, now)}`,
    undated: sql<SqlBool>`done_at is null and due_at is null`,
    done: sql<SqlBool>`done_at is not null`,
  } satisfies Record<TaskState, Expression<SqlBool>>
  return conditions[state]
}

/** Where a list goes on: the last task seen. `at` is when it is due, or was done; null = undated. */
export interface AfterTask {
  readonly at: Date | null
  readonly id: string
}

/** Those not done by when they are due, undated ones last; those done by when, the last first. */
export async function findTasks(
  tx: Tx,
  asked: { owners: TaskOwners; state: TaskState; now: Date; after: AfterTask | null; limit: number },
): Promise<Task[]> {
  const { owners, state, now, after, limit } = asked
  const some = tx.db
    .selectFrom('customers.tasks')
    .select(taskColumns)
    .where('workspace_id', '=', tx.workspaceId)
    .where(ofOwners(owners))
    .where(inState(tx, state, now))
    .limit(limit)
  if (state === 'done') {
    const rest = after ? some.where(sql<SqlBool>`(done_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`) : some
    return rest.orderBy('done_at', 'desc').orderBy('id', 'desc').execute()
  }
  const rest = !after
    ? some
    : after.at === null
      ? some.where(sql<SqlBool>`due_at is null and id > ${after.id}::uuid`)
      : some.where(sql<SqlBool>`((due_at, id) > (${after.at}::timestamptz, ${after.id}::uuid) or due_at is null)`)
  return rest.orderBy('due_at', 'asc').orderBy('id').execute()
}

/** How many are open, by when they are due. */
export async function countTasks(tx: Tx, owners: TaskOwners, now: Date): Promise<TaskCounts> {
  const count = (state: TaskState) => sql<number>`count(*) filter (where ${inState(tx, state, now)})::int`
  return tx.db
    .selectFrom('customers.tasks')
    .where('workspace_id', '=', tx.workspaceId)
    .where(ofOwners(owners))
    .where('done_at', 'is', null)
    .select([
      count('overdue').as('overdue'),
      count('today').as('today'),
      count('later').as('later'),
      count('undated').as('undated'),
    ])
    .executeTakeFirstOrThrow()
}
