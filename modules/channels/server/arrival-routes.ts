import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { audit } from '#platform/server/audit.queries'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import { decodeCursor, foreignCursor, pageOf, pageQuery, toPage } from '#platform/shared/page'
import { Problem } from '#platform/shared/problems'
import { arrival } from '../contract/accounts.ts'
import type { AskForReading } from './arrival-reader.ts'
import { findArrivalBody, listArrivals, resetArrival } from './arrivals.queries.ts'

const params = z.object({ id: z.uuid() })
const tags = ['Channels']
const query = pageQuery.extend({ state: arrival.shape.state.optional(), accountId: z.uuid().optional() })

const notFound = () => new Problem('channels.arrival_not_found', 404, 'There is no such arrival.')

/** Raw arrivals, for administrators: what came, what could not be read and why, and reading it again after a fix. */
export function arrivalRoutes({ transaction }: Platform, http: HttpServer, askForReading: AskForReading) {
  http.register(
    async (plain) => {
      const app = plain.withTypeProvider<ZodTypeProvider>()

      app.get(
        '/arrivals',
        {
          config: { access: 'channels.arrivals' },
          schema: {
            tags,
            summary: 'Raw arrivals, newest first',
            querystring: query,
            response: { 200: pageOf(arrival) },
          },
        },
        async ({ actor, query: { cursor, limit, state, accountId } }) => {
          const before = cursor === undefined ? undefined : beforeOf(cursor)
          const rows = await transaction(actor.workspaceId, (tx) =>
            listArrivals(tx, { state, accountId, before, limit: limit + 1 }),
          )
          return toPage(rows, limit, ({ id }) => [id])
        },
      )

      app.get(
        '/arrivals/:id/raw',
        {
          config: { access: 'channels.arrivals' },
          schema: {
            tags,
            summary: 'The bytes of an arrival as they came',
            params,
            produces: ['application/octet-stream'],
          },
        },
        async ({ actor, params: { id }, id: requestId }, reply) => {
          const found = await transaction(actor.workspaceId, async (tx) => {
            const row = await findArrivalBody(tx, id)
            // It holds what a customer wrote, so its reading is on record.
            if (row) await audit(tx, actor, { action: 'channels.arrival_read', object: 'arrival', id, requestId })
            return row
          })
          if (!found) throw notFound()
          const name = `${id}.${found.kind === 'email' ? 'eml' : 'bin'}`
          return reply
            .header('content-disposition', `attachment; filename="${name}"`)
            .header('content-security-policy', "default-src 'none'; sandbox")
            .type('application/octet-stream')
            .send(found.body)
        },
      )

      app.post(
        '/arrivals/:id/replay',
        {
          config: { access: 'channels.arrivals' },
          schema: { tags, summary: 'Read an arrival again', params, response: { 204: z.null() } },
        },
        async ({ actor, params: { id }, id: requestId }, reply) => {
          await transaction(actor.workspaceId, async (tx) => {
            const found = await resetArrival(tx, id)
            if (!found) throw notFound()
            await audit(tx, actor, { action: 'channels.arrival_replayed', object: 'arrival', id, requestId })
            askForReading(tx, found.accountId)
          })
          return reply.status(204).send(null)
        },
      )
    },
    { prefix: '/api/v1' },
  )
}

function beforeOf(cursor: string): string {
  const [id] = decodeCursor(cursor, 1)
  if (!z.uuid().safeParse(id).success) throw foreignCursor()
  return String(id)
}
