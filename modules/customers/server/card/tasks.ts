import { z } from 'zod'
import type { Tx } from '#platform/server/database'
import { defineJob, enqueue } from '#platform/server/jobs'
import type { Platform } from '#platform/server/platform'
import { type Actor, systemActor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import type { Task, TaskPatch } from '../../contract/around.ts'
import { taskChanged, taskDue } from '../../contract/events.ts'
import { findShownId } from '../identity/merges.queries.ts'
import { assertOperator, type Operators } from '../save-person.ts'
import { type CardNews, shownPerson, tellCard } from './on-card.ts'
import { deleteTask, insertTask, lockTask, noteReminder, saveTask } from './tasks.queries.ts'

const remindJob = defineJob('customers.remind-of-task', z.object({ taskId: z.uuid(), dueAt: z.iso.datetime() }))

/** A task as another module or the API asks for it. Without `assigneeId` it is the actor's own. */
export interface NewTask {
  readonly personId: string
  readonly title: string
  readonly dueAt?: Date | null | undefined
  readonly assigneeId?: string | null | undefined
}

export type TaskUses = ReturnType<typeof taskUses>

/** What operators promise to do for a person: made, changed, done, told of when due. */
export function taskUses(platform: Platform, operators: Operators) {
  const { events, now } = platform

  /** @throws Problem `customers.person_not_found`, `customers.owner_unknown` */
  async function createTask(tx: Tx, actor: Actor, draft: NewTask): Promise<Task> {
    const personId = await shownPerson(tx, draft.personId)
    const assigneeId = draft.assigneeId === undefined ? actor.operatorId : draft.assigneeId
    await assertOperator(tx, operators, assigneeId)
    const { title, dueAt = null } = draft
    const by = { operatorId: actor.operatorId, operatorName: actor.name }
    const task = await insertTask(tx, { personId, title, dueAt, assigneeId, createdAt: now(), ...by })
    remindLater(tx, task)
    const tells = { title, dueAt: dueAt?.toISOString() ?? null }
    await tell(tx, actor, task, personId, 'added', tells)
    return task
  }

  /** @throws Problem `customers.task_not_found`, `customers.owner_unknown` */
  async function changeTask(tx: Tx, actor: Actor, id: string, patch: TaskPatch): Promise<Task> {
    const before = await lockTask(tx, id)
    if (!before) throw taskNotFound(id)
    if (patch.assigneeId && patch.assigneeId !== before.assigneeId)
      await assertOperator(tx, operators, patch.assigneeId)
    const { title = before.title, dueAt = before.dueAt, assigneeId = before.assigneeId } = patch
    const isDone = patch.isDone ?? before.doneAt !== null
    const done = isDone
      ? { doneAt: before.doneAt ?? now(), doneBy: before.doneBy ?? actor.name }
      : { doneAt: null, doneBy: null }
    const after: Task = { ...before, title, dueAt, assigneeId, ...done }
    await saveTask(tx, after)
    if (!isDone) remindLater(tx, after)
    const action = isDone === (before.doneAt !== null) ? 'changed' : isDone ? 'done' : 'reopened'
    const personId = await shownPerson(tx, before.personId)
    const tells = action === 'changed' ? undefined : { title }
    await tell(tx, actor, after, personId, action, tells)
    return after
  }

  /** @throws Problem `customers.task_not_found` */
  async function removeTask(tx: Tx, actor: Actor, id: string): Promise<void> {
    const task = await lockTask(tx, id)
    if (!task) throw taskNotFound(id)
    await deleteTask(tx, id)
    const personId = await shownPerson(tx, task.personId)
    await tell(tx, actor, task, personId, 'removed', { title: task.title })
  }

  /** Tells the assignee that the time has come; once, and not of a task that was done or moved meanwhile. */
  async function remind(tx: Tx, taskId: string, dueAt: Date): Promise<void> {
    if (!(await noteReminder(tx, taskId, dueAt))) return
    const task = await lockTask(tx, taskId)
    if (!task?.assigneeId) return
    const personId = (await findShownId(tx, task.personId)) ?? task.personId
    const news = { taskId, personId, title: task.title }
    await events.publish(tx, systemActor(tx.workspaceId), taskDue, news, { audience: [`operator:${task.assigneeId}`] })
  }

  /** The card, its timeline if `tells` says something, and the lists of tasks hear of it. */
  async function tell(tx: Tx, actor: Actor, task: Task, personId: string, action: string, tells?: CardNews['tells']) {
    const news = { personId, action: `customers.task_${action}`, object: 'task', objectId: task.id }
    await tellCard(platform, tx, actor, { ...news, ...(tells ? { tells } : {}) })
    await events.publish(tx, actor, taskChanged, { taskId: task.id, personId, assigneeId: task.assigneeId })
  }

  platform.jobs.handle(remindJob, async ({ taskId, dueAt }, { workspaceId }) =>
    platform.transaction(workspaceId, (tx) => remind(tx, taskId, new Date(dueAt))),
  )
  return { createTask, changeTask, removeTask }
}

/** A moved task leaves the reminder of its former time behind: that one sees that the time is another. */
function remindLater(tx: Tx, { id, dueAt }: Task): void {
  if (!dueAt) return
  enqueue(
    tx,
    remindJob,
    { taskId: id, dueAt: dueAt.toISOString() },
    { runAt: dueAt, key: `task ${id} ${dueAt.getTime()}` },
  )
}

const taskNotFound = (id: string) => new Problem('customers.task_not_found', 404, `There is no task ${id}.`)
