import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { audit } from '#platform/server/audit.queries'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import { pageOf } from '#platform/shared/page'
import { Problem } from '#platform/shared/problems'
import { archive, archiveOrder } from '../../contract/archives.ts'
import type { ExportStore } from '../export/export-store.ts'
import { sendExport } from '../export/send-export.ts'
import { endArchives, findArchive, listArchives, noteTaken } from './archives.queries.ts'
import { orderArchive } from './order-archive.ts'
import { isThere, showArchives } from './show-archives.ts'
import type { ArchiveAccess } from './uses.ts'

const byId = z.object({ id: z.uuid() })
const tags = ['export']
/** So many of the log are shown; all stand in the audit log. */
const SHOWN = 50

const notFound = () => new Problem('exchange.archive_not_found', 404, 'There is no such archive, or its time is over.')

/** The whole workspace as a file: ordered, looked after, taken by its maker, removed. */
export function archiveRoutes(
  http: HttpServer,
  platform: Platform,
  { store, access }: { store: ExportStore; access: ArchiveAccess },
): void {
  const { transaction, now } = platform
  const order = orderArchive(platform, access)
  const config = { access: 'exchange.archive' } as const

  http.register(
    async (server) => {
      const app = server.withTypeProvider<ZodTypeProvider>()

      app.get(
        '/workspace-archives',
        {
          config,
          schema: { tags, summary: 'Exports of the whole workspace, newest first', response: { 200: pageOf(archive) } },
        },
        ({ actor }) =>
          transaction(actor.workspaceId, async (tx) => ({
            items: await showArchives(tx, access, actor, now(), await listArchives(tx, SHOWN)),
            nextCursor: null,
          })),
      )

      app.post(
        '/workspace-archives',
        {
          config,
          schema: {
            tags,
            summary: 'Order an export of the whole workspace',
            description: "Asks for the caller's own password once more. Made in the background, one at a time.",
            body: archiveOrder,
            response: { 201: archive },
          },
        },
        async ({ actor, body, id: requestId }, reply) =>
          reply.status(201).send(await order(actor, body.password, requestId)),
      )

      app.get(
        '/workspace-archives/:id/file',
        {
          config,
          schema: {
            tags,
            summary: 'The file of a workspace export that one ordered, until it ends',
            description:
              'A tar, compressed by zstd. `npm run workspace:import` puts it into an Okno that does not have this workspace.',
            params: byId,
            produces: ['application/octet-stream'],
          },
        },
        async ({ actor, params: { id }, id: requestId }, reply) => {
          const found = await transaction(actor.workspaceId, async (tx) => {
            const one = await findArchive(tx, id)
            if (!one || one.operatorId !== actor.operatorId || !isThere(one, now())) throw notFound()
            await noteTaken(tx, id, now())
            await audit(tx, actor, { action: 'exchange.workspace_export_taken', object: 'workspace', id, requestId })
            return one
          })
          return sendExport(reply, found, store.read(actor.workspaceId, id))
        },
      )

      app.delete(
        '/workspace-archives/:id',
        {
          config,
          schema: {
            tags,
            summary: 'Stop an export of the workspace, or remove its file',
            description: 'What is gone already stays so.',
            params: byId,
            response: { 204: z.null() },
          },
        },
        async ({ actor, params: { id }, id: requestId }, reply) => {
          await transaction(actor.workspaceId, async (tx) => {
            if (!(await findArchive(tx, id))) throw notFound()
            const ended = await endArchives(tx, { workspaceId: tx.workspaceId, id })
            if (ended.length === 0) return
            await audit(tx, actor, { action: 'exchange.workspace_export_removed', object: 'workspace', id, requestId })
          })
          await store.remove(actor.workspaceId, id)
          return reply.status(204).send(null)
        },
      )
    },
    { prefix: '/api/v1' },
  )
}
