import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Tx } from '#platform/server/database'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { pageOf } from '#platform/shared/page'
import { task, taskDraft, taskPatch } from '../../contract/around.ts'
import { listedTask, taskCounts, taskCountsQuery, tasksQuery } from '../../contract/tasks.ts'
import type { Operators } from '../save-person.ts'
import { taskLists } from './list-tasks.ts'
import type { TaskUses } from './tasks.ts'

const params = z.object({ id: z.uuid() })
const read = { access: 'customers.read' }
const edit = { access: 'customers.edit' }
const tags = ['tasks']

/** `/tasks` over all customers, and what is done to one of them. */
export function taskRoutes(
  http: HttpServer,
  platform: Platform,
  { tasks, operators }: { tasks: TaskUses; operators: Operators },
): void {
  const inWorkspace = <Result>(actor: Actor, work: (tx: Tx) => Promise<Result>) =>
    platform.transaction(actor.workspaceId, work)
  const { createTask, changeTask, removeTask } = tasks
  const { listTasks, countTasks } = taskLists(operators, platform.now)

  http.register(
    async (server) => {
      const app = server.withTypeProvider<ZodTypeProvider>()

      app.get(
        '/tasks',
        {
          config: read,
          schema: {
            tags,
            summary: 'What was promised to customers: own tasks, those of the own teams, or all',
            querystring: tasksQuery,
            response: { 200: pageOf(listedTask) },
          },
        },
        ({ actor, query }) => inWorkspace(actor, (tx) => listTasks(tx, actor, query)),
      )

      app.get(
        '/tasks/counts',
        {
          config: read,
          schema: {
            tags,
            summary: 'How many tasks are overdue, due today, later, or at no time',
            querystring: taskCountsQuery,
            response: { 200: taskCounts },
          },
        },
        ({ actor, query }) => inWorkspace(actor, (tx) => countTasks(tx, actor, query)),
      )

      app.post(
        '/people/:id/tasks',
        {
          config: edit,
          schema: { tags, summary: 'Promise to do something', params, body: taskDraft, response: { 201: task } },
        },
        async ({ actor, params: { id }, body }, reply) =>
          reply.status(201).send(await inWorkspace(actor, (tx) => createTask(tx, actor, { ...body, personId: id }))),
      )

      app.patch(
        '/tasks/:id',
        {
          config: edit,
          schema: {
            tags,
            summary: 'Change a task, or say that it is done',
            params,
            body: taskPatch,
            response: { 200: task },
          },
        },
        ({ actor, params: { id }, body }) => inWorkspace(actor, (tx) => changeTask(tx, actor, id, body)),
      )

      app.delete(
        '/tasks/:id',
        {
          config: edit,
          schema: { tags, summary: 'Take a task back', params, response: { 204: z.null() } },
        },
        async ({ actor, params: { id } }, reply) => {
          await inWorkspace(actor, (tx) => removeTask(tx, actor, id))
          return reply.status(204).send(null)
        },
      )
    },
    { prefix: '/api/v1' },
  )
}
