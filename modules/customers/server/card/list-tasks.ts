import type { Tx } from '#platform/server/database'
import type { Actor } from '#platform/shared/actor'
import { isUuid } from '#platform/shared/ids'
import { decodeCursor, foreignCursor, type Page, toPage } from '#platform/shared/page'
import type { Task } from '../../contract/around.ts'
import type { ListedTask, TaskCounts, TaskCountsQuery, TasksQuery } from '../../contract/tasks.ts'
import { findSummaries } from '../people.queries.ts'
import type { Operators } from '../save-person.ts'
import { type AfterTask, countTasks, findTasks, type TaskOwners } from './task-list.queries.ts'

/** What operators have promised, over all customers. */
export function taskLists(operators: Operators, now: () => Date) {
  /** The reader is of their own team also while in none. Okno itself has no tasks of its own. */
  async function ownersOf(tx: Tx, actor: Actor, { whose, assignee }: TaskCountsQuery): Promise<TaskOwners> {
    if (assignee) return assignee === 'nobody' ? null : [assignee]
    if (whose === 'all') return 'everybody'
    const own = actor.operatorId ? [actor.operatorId] : []
    return whose === 'mine' ? own : [...own, ...(await operators.operatorsOfTeams(tx, actor.teamIds))]
  }

  return {
    /** One page: open tasks by when they are due, undated ones last; done ones, the last first. @throws Problem `request.cursor` */
    listTasks: async (tx: Tx, actor: Actor, query: TasksQuery): Promise<Page<ListedTask>> => {
      const { state, limit, cursor } = query
      const asked = { owners: await ownersOf(tx, actor, query), state, now: now(), after: readCursor(cursor) }
      const rows = await findTasks(tx, { ...asked, limit: limit + 1 })
      const atOf = ({ doneAt, dueAt }: Task) => (state === 'done' ? doneAt : dueAt)?.toISOString() ?? null
      const page = toPage(rows, limit, (task) => [atOf(task), task.id])
      return { items: await named(tx, operators, page.items), nextCursor: page.nextCursor }
    },
    countTasks: async (tx: Tx, actor: Actor, query: TaskCountsQuery): Promise<TaskCounts> =>
      countTasks(tx, await ownersOf(tx, actor, query), now()),
  }
}

async function named(tx: Tx, operators: Operators, tasks: readonly Task[]): Promise<ListedTask[]> {
  const people = await findSummaries(tx, [...new Set(tasks.map(({ personId }) => personId))])
  const shown = new Map(people.map((person) => [person.askedId, person]))
  const names = await operators.operatorNames(tx, [...new Set(tasks.flatMap(({ assigneeId }) => assigneeId ?? []))])
  return tasks.map((task) => {
    const person = shown.get(task.personId)
    const assigneeName = (task.assigneeId && names.get(task.assigneeId)?.name) || null
    return { ...task, personId: person?.id ?? task.personId, personName: person?.name ?? '', assigneeName }
  })
}

function readCursor(cursor: string | undefined): AfterTask | null {
  if (!cursor) return null
  const [at, id] = decodeCursor(cursor, 2)
  const isTime = at === null || (typeof at === 'string' && !Number.isNaN(Date.parse(at)))
  if (!isTime || typeof id !== 'string' || !isUuid(id)) throw foreignCursor()
  return { at: at === null ? null : new Date(String(at)), id }
}
