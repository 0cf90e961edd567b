import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Tx } from '#platform/server/database'
import type { HttpServer } from '#platform/server/http'
import type { Actor } from '#platform/shared/actor'
import { pageOf } from '#platform/shared/page'
import { type CustomRecord, record, recordDraft, recordPatch, recordsQuery } from '../contract/index.ts'
import { type Questions, readSort } from './conditions.ts'
import { CUSTOM } from './custom-objects.queries.ts'
import { findObjects } from './definitions.queries.ts'
import { objectNotFound } from './describe-objects.ts'
import { findRecords, type StoredRecord } from './records.queries.ts'
import { asking, type RoutesContext } from './routing.ts'
import { type RecordPlace, recordNotFound } from './save-record.ts'

const tags = ['records']
const read = { access: 'objects.read' }
const edit = { access: 'objects.edit' }
const ofObject = z.object({ key: z.string().max(100) })
const byId = ofObject.extend({ id: z.uuid() })

/** `/objects/:key/records`: what a workspace keeps in its custom objects. */
export function recordRoutes(http: HttpServer, context: RoutesContext): void {
  const ask = asking(context)
  const { use } = context

  http.register(
    async (server) => {
      const app = server.withTypeProvider<ZodTypeProvider>()

      app.get(
        '/objects/:key/records',
        {
          config: read,
          schema: {
            tags,
            summary: 'Records of a custom object, filtered by a condition, in any order',
            params: ofObject,
            querystring: recordsQuery,
            response: { 200: pageOf(record) },
          },
        },
        ({ actor, params: { key }, query }) =>
          ask(actor, async (tx, questions) => {
            const place = await placeOf(tx, questions, key)
            const condition = questions.read(key, query.filter)
            const page = await questions.find({ ...query, object: key, condition, sort: readSort(query.sort) })
            const records = await findRecords(tx, place.object.id, page.items)
            return { items: records.map(shownTo(actor, questions, key)), nextCursor: page.nextCursor }
          }),
      )

      app.post(
        '/objects/:key/records',
        {
          config: edit,
          schema: { tags, summary: 'Make a record', params: ofObject, body: recordDraft, response: { 201: record } },
        },
        async ({ actor, params: { key }, body }, reply) => {
          const made = await ask(actor, async (tx, questions) => {
            const place = await placeOf(tx, questions, key)
            const id = await use.createRecord(tx, actor, place, body)
            return shown(tx, actor, questions, place, id)
          })
          return reply.status(201).send(made)
        },
      )

      app.get(
        '/objects/:key/records/:id',
        { config: read, schema: { tags, summary: 'A record', params: byId, response: { 200: record } } },
        ({ actor, params: { key, id } }) =>
          ask(actor, async (tx, questions) => shown(tx, actor, questions, await placeOf(tx, questions, key), id)),
      )

      app.patch(
        '/objects/:key/records/:id',
        {
          config: edit,
          schema: {
            tags,
            summary: 'Change the given values of a record, or archive it',
            params: byId,
            body: recordPatch,
            response: { 200: record },
          },
        },
        ({ actor, params: { key, id }, body }) =>
          ask(actor, async (tx, questions) => {
            const place = await placeOf(tx, questions, key)
            await use.changeRecord(tx, actor, place, id, body)
            return shown(tx, actor, questions, place, id)
          }),
      )
    },
    { prefix: '/api/v1' },
  )
}

async function placeOf(tx: Tx, { catalogue, describe }: Questions, objectKey: string): Promise<RecordPlace> {
  const object = (await findObjects(tx)).find(({ key }) => CUSTOM + key === objectKey)
  if (!object || !describe(objectKey)) throw objectNotFound(objectKey)
  return { catalogue, object, objectKey }
}

async function shown(tx: Tx, actor: Actor, questions: Questions, { object, objectKey }: RecordPlace, id: string) {
  const [found] = await findRecords(tx, object.id, [id])
  if (!found) throw recordNotFound(id)
  return shownTo(actor, questions, objectKey)(found)
}

const shownTo =
  (actor: Actor, questions: Questions, object: string) =>
  ({ archivedAt, custom, ...record }: StoredRecord): CustomRecord => ({
    ...record,
    object,
    custom: questions.readable(object, custom),
    isArchived: archivedAt !== null,
    can: { edit: actor.can('objects.edit') },
  })
