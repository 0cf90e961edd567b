import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { pageOf } from '#platform/shared/page'
import { Problem } from '#platform/shared/problems'
import { listOrder, madeExport } from '../../contract/exports.ts'
import type { ExportStore } from './export-store.ts'
import { findExport, listExports, type StoredExport } from './exports.queries.ts'
import type { orderExports } from './order-export.ts'
import { sendExport } from './send-export.ts'

const byId = z.object({ id: z.uuid() })
const tags = ['export']

const notFound = () => new Problem('exchange.export_not_found', 404, 'There is no such export, or its time is over.')

/** Files to be taken away: ordered, looked after, taken. Each is its maker's alone. */
export function exportRoutes(
  http: HttpServer,
  { transaction, now }: Platform,
  { order, store }: { order: ReturnType<typeof orderExports>; store: ExportStore },
): void {
  /** Another operator's export, also an administrator's, is none. */
  const own = (actor: Actor, id: string): Promise<StoredExport> =>
    transaction(actor.workspaceId, async (tx) => {
      const made = await findExport(tx, id)
      if (!made || made.operatorId !== actor.operatorId || made.state === 'ended' || made.endsAt <= now())
        throw notFound()
      return made
    })

  http.register(
    async (server) => {
      const app = server.withTypeProvider<ZodTypeProvider>()

      app.post(
        '/exports',
        {
          config: { access: 'exchange.export' },
          schema: {
            tags,
            summary: 'Order a list as a file: the columns, condition and order it has on screen',
            body: listOrder,
            response: { 201: madeExport },
          },
        },
        async ({ actor, body, id: requestId }, reply) => {
          const made = await transaction(actor.workspaceId, (tx) => order.list(tx, actor, body, requestId))
          return reply.status(201).send(made)
        },
      )

      app.post(
        '/people/:id/export',
        {
          config: { access: 'customers.personal_data' },
          schema: {
            tags,
            summary: 'Order everything that is kept about a person, for them',
            params: byId,
            response: { 201: madeExport },
          },
        },
        async ({ actor, params: { id }, id: requestId }, reply) => {
          const made = await transaction(actor.workspaceId, (tx) => order.person(tx, actor, id, requestId))
          return reply.status(201).send(made)
        },
      )

      app.get(
        '/exports',
        {
          config: { access: 'signed-in' },
          schema: { tags, summary: 'Own exports, newest first', response: { 200: pageOf(madeExport) } },
        },
        ({ actor }) =>
          transaction(actor.workspaceId, async (tx) => ({
            items: actor.operatorId ? await listExports(tx, actor.operatorId) : [],
            nextCursor: null,
          })),
      )

      app.get(
        '/exports/:id',
        {
          config: { access: 'signed-in' },
          schema: { tags, summary: 'How far an export is', params: byId, response: { 200: madeExport } },
        },
        ({ actor, params: { id } }) => own(actor, id),
      )

      app.get(
        '/exports/:id/file',
        {
          config: { access: 'signed-in' },
          schema: {
            tags,
            summary: 'The file of an own export, until it ends',
            params: byId,
            produces: ['application/octet-stream'],
          },
        },
        async ({ actor, params: { id } }, reply) => {
          const made = await own(actor, id)
          if (made.state !== 'done') throw new Problem('exchange.export_not_ready', 409, 'This export is not ready.')
          return sendExport(reply, made, store.read(actor.workspaceId, id))
        },
      )
    },
    { prefix: '/api/v1' },
  )
}
