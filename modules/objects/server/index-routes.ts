import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import { fieldIndexes } from '../contract/index.ts'
import type { IndexUses } from './index-fields.ts'
import type { RoutesContext } from './routing.ts'

const tags = ['objects']
const config = { access: 'objects.manage' }
const byKey = z.object({ key: z.string().max(100) })
const byField = byKey.extend({ field: z.string().max(100) })

/** `/objects/:key/indexes`: which own fields are found and sorted by an index of their own. */
export function indexRoutes(http: HttpServer, { transaction }: RoutesContext, use: IndexUses): void {
  http.register(
    async (server) => {
      const app = server.withTypeProvider<ZodTypeProvider>()

      app.get(
        '/objects/:key/indexes',
        {
          config,
          schema: {
            tags,
            summary: 'Own fields with an index of their own, how building goes, and which others may have one',
            params: byKey,
            response: { 200: fieldIndexes },
          },
        },
        ({ actor, params: { key } }) => transaction(actor.workspaceId, (tx) => use.listIndexes(tx, key)),
      )

      app.put(
        '/objects/:key/fields/:field/index',
        {
          config,
          schema: {
            tags,
            summary:
              'Ask for an index of an own field, or once more for one that failed; it is built in the background',
            params: byField,
            response: { 202: fieldIndexes },
          },
        },
        async ({ actor, params: { key, field } }, reply) => {
          const state = await transaction(actor.workspaceId, async (tx) => {
            await use.askIndex(tx, actor, key, field)
            return use.listIndexes(tx, key)
          })
          return reply.status(202).send(state)
        },
      )

      app.delete(
        '/objects/:key/fields/:field/index',
        {
          config,
          schema: { tags, summary: 'Let the index of a field go', params: byField, response: { 204: z.null() } },
        },
        async ({ actor, params: { key, field } }, reply) => {
          await transaction(actor.workspaceId, (tx) => use.leaveIndex(tx, actor, key, field))
          return reply.status(204).send(null)
        },
      )
    },
    { prefix: '/api/v1' },
  )
}
