import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import { view, viewDraft, viewList, viewPatch, viewsQuery } from '../contract/index.ts'
import { objectNotFound } from './describe-objects.ts'
import { asking, type RoutesContext } from './routing.ts'
import { shownTo } from './view-rights.ts'
import { findViews } from './views.queries.ts'

const tags = ['views']
const config = { access: 'signed-in' as const }
const byId = z.object({ id: z.uuid() })

/** `/views`: lists as somebody keeps them. */
export function viewRoutes(http: HttpServer, context: RoutesContext): void {
  const ask = asking(context)
  const { use } = context

  http.register(
    async (server) => {
      const app = server.withTypeProvider<ZodTypeProvider>()

      app.get(
        '/views',
        {
          config,
          schema: {
            tags,
            summary: "Views of an object: the caller's own and shared ones, by name",
            querystring: viewsQuery,
            response: { 200: viewList },
          },
        },
        ({ actor, query: { object } }) =>
          ask(actor, async (tx, { describe }) => {
            if (!describe(object)) throw objectNotFound(object)
            const views = await findViews(tx, object, actor.operatorId)
            return { items: views.map(shownTo(actor)), nextCursor: null, can: { share: actor.can('objects.share') } }
          }),
      )

      app.post(
        '/views',
        { config, schema: { tags, summary: 'Keep a view', body: viewDraft, response: { 201: view } } },
        async ({ actor, body }, reply) => {
          const made = await ask(actor, (tx, questions) => use.createView(tx, actor, questions, body))
          return reply.status(201).send(shownTo(actor)(made))
        },
      )

      app.patch(
        '/views/:id',
        {
          config,
          schema: {
            tags,
            summary: 'Change a view, or share it',
            params: byId,
            body: viewPatch,
            response: { 200: view },
          },
        },
        async ({ actor, params, body }) =>
          shownTo(actor)(await ask(actor, (tx, questions) => use.changeView(tx, actor, questions, params.id, body))),
      )

      app.delete(
        '/views/:id',
        { config, schema: { tags, summary: 'Remove a view', params: byId, response: { 204: z.null() } } },
        async ({ actor, params }, reply) => {
          await ask(actor, (tx) => use.removeView(tx, actor, params.id))
          return reply.status(204).send(null)
        },
      )
    },
    { prefix: '/api/v1' },
  )
}
