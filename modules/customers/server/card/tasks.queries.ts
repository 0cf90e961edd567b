import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { Task } from '../../contract/around.ts'

/** What every reader of tasks selects. */
export const taskColumns = [
  'id',
  'person_id as personId',
  'title',
  'due_at as dueAt',
  'assignee_id as assigneeId',
  'done_at as doneAt',
  'done_by as doneBy',
  'operator_name as operatorName',
  'created_at as createdAt',
] as const

export async function insertTask(
  tx: Tx,
  task: Pick<Task, 'personId' | 'title' | 'dueAt' | 'assigneeId' | 'operatorName' | 'createdAt'> & {
    operatorId: string | null
  },
): Promise<Task> {
  return tx.db
    .insertInto('customers.tasks')
    .values({
      workspace_id: tx.workspaceId,
      person_id: task.personId,
      title: task.title,
      due_at: task.dueAt,
      assignee_id: task.assigneeId,
      done_at: null,
      done_by: null,
      reminded_of: null,
      operator_id: task.operatorId,
      operator_name: task.operatorName,
      created_at: task.createdAt,
    })
    .returning(taskColumns)
    .executeTakeFirstOrThrow()
}

/** Locked until the end of the transaction. */
export const lockTask = (tx: Tx, id: string): Promise<Task | undefined> =>
  tx.db
    .selectFrom('customers.tasks')
    .select(taskColumns)
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export const saveTask = (tx: Tx, { id, title, dueAt, assigneeId, doneAt, doneBy }: Task) =>
  tx.db
    .updateTable('customers.tasks')
    .set({ title, due_at: dueAt, assignee_id: assigneeId, done_at: doneAt, done_by: doneBy })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()

export const deleteTask = (tx: Tx, id: string) =>
  tx.db.deleteFrom('customers.tasks').where('workspace_id', '=', tx.workspaceId).where('id', '=', id).execute()

/** True once for each time that a task is due. */
export async function noteReminder(tx: Tx, id: string, dueAt: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update customers.tasks set reminded_of = due_at
    where workspace_id = ${tx.workspaceId} and id = ${id} and done_at is null and due_at = ${dueAt}
      and reminded_of is distinct from due_at`.execute(tx.db)
  return (numAffectedRows ?? 0n) > 0n
}

/** Open tasks of these people, the earliest first. */
export const findOpenTasks = (tx: Tx, people: readonly string[]): Promise<Task[]> =>
  tx.db
    .selectFrom('customers.tasks')
    .select(taskColumns)
    .where('workspace_id', '=', tx.workspaceId)
    .where('person_id', 'in', people)
    .where('done_at', 'is', null)
    .orderBy('due_at', (by) => by.asc().nullsLast())
    .orderBy('id')
    .limit(50)
    .execute()
