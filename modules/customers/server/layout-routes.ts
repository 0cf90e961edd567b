import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import { pageOf } from '#platform/shared/page'
import { laidOutObjects, layout, layoutDraft, layoutReaders } from '../contract/layouts.ts'
import { arrangeCards } from './arrange-cards.ts'
import { findLayouts } from './layouts.queries.ts'

const tags = ['layouts']
const params = z.object({ object: z.enum(laidOutObjects), reader: z.enum(layoutReaders) })
const manage = { access: 'customers.manage' }

/** `/card-layouts`: which blocks cards have, for whom, in which order. */
export function layoutRoutes(http: HttpServer, platform: Platform): void {
  const { transaction } = platform
  const arrange = arrangeCards(platform)
  http.register(
    async (server) => {
      const app = server.withTypeProvider<ZodTypeProvider>()
      app.get(
        '/card-layouts',
        {
          config: { access: 'customers.read' },
          schema: { tags, summary: 'Layouts of cards, by object and role', response: { 200: pageOf(layout) } },
        },
        ({ actor }) =>
          transaction(actor.workspaceId, async (tx) => ({ items: await findLayouts(tx), nextCursor: null })),
      )
      app.put(
        '/card-layouts/:object/readers/:reader',
        {
          config: manage,
          schema: { tags, summary: 'Arrange a card for a role', params, body: layoutDraft, response: { 200: layout } },
        },
        ({ actor, params, body }) =>
          transaction(actor.workspaceId, async (tx) => {
            await arrange(tx, actor, { ...params, ...body })
            return { ...params, ...body }
          }),
      )
      app.delete(
        '/card-layouts/:object/readers/:reader',
        {
          config: manage,
          schema: { tags, summary: 'Give a layout up', params, response: { 204: z.null() } },
        },
        async ({ actor, params }, reply) => {
          await transaction(actor.workspaceId, (tx) => arrange(tx, actor, { ...params, blocks: null }))
          return reply.status(204).send(null)
        },
      )
    },
    { prefix: '/api/v1' },
  )
}
