import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Tx } from '#platform/server/database'
import type { HttpServer } from '#platform/server/http'
import type { Actor } from '#platform/shared/actor'
import { type ObjectDescription, objectDescription } from '#platform/shared/objects/object'
import {
  fieldDraft,
  fieldPatch,
  formulaAnswer,
  formulaQuestion,
  named,
  namesQuery,
  objectDraft,
  objectPatch,
} from '../contract/index.ts'
import { objectNotFound } from './describe-objects.ts'
import { asking, type RoutesContext } from './routing.ts'
import { tryFormula } from './try-formula.ts'

const tags = ['objects']
const read = { access: 'signed-in' as const }
const manage = { access: 'objects.manage' }
const byKey = z.object({ key: z.string().max(100) })
/** So many names are offered; another word narrows them. */
const MAX_NAMES = 20
const MAX_IDS = 100
const namesListed = z.object({ items: z.array(named), nextCursor: z.null() })
const listed = z.object({ items: z.array(objectDescription), nextCursor: z.null() })

/** `/objects`: what there is, and what a workspace adds to it. */
export function fieldRoutes(http: HttpServer, context: RoutesContext): void {
  const ask = asking(context)
  const { use, transaction } = context
  const described = (actor: Actor, key: string): Promise<ObjectDescription> =>
    ask(actor, async (_tx, { describe }) => {
      const found = describe(key)
      if (!found) throw objectNotFound(key)
      return found
    })
  /** The change commits first: what is answered is what everybody sees from now on. */
  const change = async (actor: Actor, key: string, work: (tx: Tx) => Promise<unknown>) => {
    await transaction(actor.workspaceId, work)
    return described(actor, key)
  }

  http.register(
    async (server) => {
      const app = server.withTypeProvider<ZodTypeProvider>()

      app.get(
        '/objects',
        {
          config: read,
          schema: {
            tags,
            summary: 'All objects with their fields, relations and behaviours, as far as the caller may know them',
            response: { 200: listed },
          },
        },
        ({ actor }) =>
          ask(actor, async (_tx, { catalogue, describe }) => ({
            items: catalogue.objects.map(({ key }) => describe(key)).filter((found) => found !== undefined),
            nextCursor: null,
          })),
      )

      app.post(
        '/objects',
        {
          config: manage,
          schema: {
            tags,
            summary: 'Describe a custom object',
            body: objectDraft,
            response: { 201: objectDescription },
          },
        },
        async ({ actor, body }, reply) => {
          const key = await transaction(actor.workspaceId, (tx) => use.addObject(tx, actor, body))
          return reply.status(201).send(await described(actor, key))
        },
      )

      app.get(
        '/objects/:key',
        { config: read, schema: { tags, summary: 'One object', params: byKey, response: { 200: objectDescription } } },
        ({ actor, params }) => described(actor, params.key),
      )

      app.get(
        '/objects/:key/names',
        {
          config: read,
          schema: {
            tags,
            summary: 'How objects are called: by id, or by words in their names',
            params: byKey,
            querystring: namesQuery,
            response: { 200: namesListed },
          },
        },
        ({ actor, params, query }) =>
          ask(actor, async (_tx, questions) => ({
            items: await questions.names(params.key, { ...query, limit: query.ids ? MAX_IDS : MAX_NAMES }),
            nextCursor: null,
          })),
      )

      app.patch(
        '/objects/:key',
        {
          config: manage,
          schema: {
            tags,
            summary: 'Rename or archive a custom object',
            params: byKey,
            body: objectPatch,
            response: { 200: objectDescription },
          },
        },
        ({ actor, params: { key }, body }) => change(actor, key, (tx) => use.changeObject(tx, actor, key, body)),
      )

      app.post(
        '/objects/:key/fields',
        {
          config: manage,
          schema: {
            tags,
            summary: 'Describe a custom field',
            params: byKey,
            body: fieldDraft,
            response: { 201: objectDescription },
          },
        },
        async ({ actor, params: { key }, body }, reply) =>
          reply.status(201).send(await change(actor, key, (tx) => use.addField(tx, actor, key, body))),
      )

      app.post(
        '/objects/:key/formulas/check',
        {
          config: manage,
          schema: {
            tags,
            summary: 'What a formula would give for one object, or what is wrong with it and where; nothing is stored',
            params: byKey,
            body: formulaQuestion,
            response: { 200: formulaAnswer },
          },
        },
        ({ actor, params: { key }, body }) => ask(actor, (tx, questions) => tryFormula(tx, questions, key, body)),
      )

      app.patch(
        '/objects/:key/fields/:field',
        {
          config: manage,
          schema: {
            tags,
            summary: 'Change or archive a custom field; its key and type stay',
            params: byKey.extend({ field: z.string().max(100) }),
            body: fieldPatch,
            response: { 200: objectDescription },
          },
        },
        ({ actor, params: { key, field }, body }) =>
          change(actor, key, (tx) => use.changeField(tx, actor, key, field, body)),
      )
    },
    { prefix: '/api/v1' },
  )
}
