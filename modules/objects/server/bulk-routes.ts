import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Tx } from '#platform/server/database'
import type { HttpServer } from '#platform/server/http'
import type { Actor } from '#platform/shared/actor'
import { pageOf } from '#platform/shared/page'
import { bulkEdit, bulkEditDraft, bulkEditsQuery, bulkRow, bulkRowsQuery } from '../contract/index.ts'
import { findBulkEdit, findBulkEdits, findBulkRows, type StoredBulkEdit } from './bulk-edits.queries.ts'
import { fieldOf } from './bulk-rules.ts'
import type { Questions } from './conditions.ts'
import { asking, type RoutesContext } from './routing.ts'
import { bulkNotFound, editShownTo, keptSince, maySeeEdit } from './undo-bulk-edit.ts'

const tags = ['bulk edits']
// Which permission it takes depends on the object; the registry asks for it.
const config = { access: 'signed-in' as const }
const byId = z.object({ id: z.uuid() })

/** `/bulk-edits`: one field of many objects changed at once, how far that is, and taking it back. */
export function bulkRoutes(http: HttpServer, context: RoutesContext): void {
  const ask = asking(context)
  const { use, now } = context
  const seen = async (tx: Tx, actor: Actor, id: string): Promise<StoredBulkEdit> => {
    const edit = await findBulkEdit(tx, id)
    if (!edit || !maySeeEdit(actor, edit) || edit.createdAt < keptSince(now())) throw bulkNotFound(id)
    return edit
  }
  const shown = async (tx: Tx, actor: Actor, questions: Questions, id: string) =>
    editShownTo(questions, actor)(await seen(tx, actor, id))

  http.register(
    async (server) => {
      const app = server.withTypeProvider<ZodTypeProvider>()

      app.post(
        '/objects/:key/bulk-edits',
        {
          config,
          schema: {
            tags,
            summary: 'Change one field of many objects: of those named, or of all that a condition finds',
            params: z.object({ key: z.string().max(100) }),
            body: bulkEditDraft,
            response: { 201: bulkEdit },
          },
        },
        async ({ actor, params: { key }, body }, reply) => {
          const made = await ask(actor, async (tx, questions) => {
            const id = await use.startBulkEdit(tx, actor, questions, key, body)
            return shown(tx, actor, questions, id)
          })
          return reply.status(201).send(made)
        },
      )

      app.get(
        '/bulk-edits',
        {
          config,
          schema: {
            tags,
            summary: "Bulk edits of the last 30 days, newest first: one's own; everybody's for supervisors",
            querystring: bulkEditsQuery,
            response: { 200: pageOf(bulkEdit) },
          },
        },
        ({ actor, query }) =>
          ask(actor, async (tx, questions) => {
            const operatorId = actor.can('objects.share') ? null : actor.operatorId
            const { items, nextCursor } = await findBulkEdits(tx, { ...query, operatorId, since: keptSince(now()) })
            return { items: items.map(editShownTo(questions, actor)), nextCursor }
          }),
      )

      app.get(
        '/bulk-edits/:id',
        {
          config,
          schema: { tags, summary: 'A bulk edit and how far it is', params: byId, response: { 200: bulkEdit } },
        },
        ({ actor, params: { id } }) => ask(actor, (tx, questions) => shown(tx, actor, questions, id)),
      )

      app.get(
        '/bulk-edits/:id/rows',
        {
          config,
          schema: {
            tags,
            summary: 'What came of each object of a bulk edit: what it held before, and what was in the way',
            params: byId,
            querystring: bulkRowsQuery,
            response: { 200: pageOf(bulkRow) },
          },
        },
        ({ actor, params: { id }, query }) =>
          ask(actor, async (tx, questions) => {
            const edit = await seen(tx, actor, id)
            const { object } = edit
            const { items, nextCursor } = await findBulkRows(tx, id, query)
            const isReadable = fieldOf(questions, edit) !== undefined
            const ids = items.map((row) => row.id)
            const named = isReadable && ids.length > 0 ? await questions.names(object, { ids, limit: ids.length }) : []
            const names = new Map(named.map((one) => [one.id, one.name]))
            const told = (value: (typeof items)[number]['before']) => (isReadable ? value : null)
            return {
              items: items.map((row) => ({
                ...row,
                name: names.get(row.id) ?? '',
                before: told(row.before),
                after: told(row.after),
              })),
              nextCursor,
            }
          }),
      )

      for (const [verb, summary] of [
        ['undo', 'Put back what a bulk edit changed, except what somebody changed since'],
        ['stop', 'End a bulk edit where it stands'],
      ] as const)
        app.post(
          `/bulk-edits/:id/${verb}`,
          { config, schema: { tags, summary, params: byId, response: { 200: bulkEdit } } },
          ({ actor, params: { id } }) =>
            ask(actor, async (tx, questions) => {
              await (verb === 'undo' ? use.undoBulkEdit : use.stopBulkEdit)(tx, actor, questions, id)
              return shown(tx, actor, questions, id)
            }),
        )
    },
    { prefix: '/api/v1' },
  )
}
