import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import { household, householdMember } from '../contract/households.ts'
import { householdOf, liveApart, liveTogether } from './live-together.ts'

const tags = ['people']
const byId = z.object({ id: z.uuid() })
const ofMember = byId.extend({ memberId: z.uuid() })

/** `/people/:id/household`: who lives or buys together. */
export function householdRoutes(http: HttpServer, platform: Platform): void {
  const { transaction } = platform
  const use = { together: liveTogether(platform), apart: liveApart(platform) }
  http.register(
    async (server) => {
      const app = server.withTypeProvider<ZodTypeProvider>()
      app.get(
        '/people/:id/household',
        {
          config: { access: 'customers.read' },
          schema: { tags, summary: 'Who lives or buys with a person', params: byId, response: { 200: household } },
        },
        ({ actor, params }) => transaction(actor.workspaceId, (tx) => householdOf(tx, params.id)),
      )
      app.put(
        '/people/:id/household/:memberId',
        {
          config: { access: 'customers.edit' },
          schema: {
            tags,
            summary: 'Say that two people live or buy together',
            params: ofMember,
            body: householdMember,
            response: { 200: household },
          },
        },
        ({ actor, params: { id, memberId }, body }) =>
          transaction(actor.workspaceId, (tx) => use.together(tx, actor, { personId: id, memberId, ...body })),
      )
      app.delete(
        '/people/:id/household/:memberId',
        {
          config: { access: 'customers.edit' },
          schema: {
            tags,
            summary: 'Say that somebody does not live with this person any more',
            params: ofMember,
            response: { 204: z.null() },
          },
        },
        async ({ actor, params: { id, memberId } }, reply) => {
          await transaction(actor.workspaceId, (tx) => use.apart(tx, actor, { personId: id, memberId }))
          return reply.status(204).send(null)
        },
      )
    },
    { prefix: '/api/v1' },
  )
}
