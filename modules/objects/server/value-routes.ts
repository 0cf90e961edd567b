import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import { fieldValues, groups, groupsQuery, rowPage, rowsQuery, valuesQuery, writtenValues } from '../contract/index.ts'
import { listGroups } from './list-groups.ts'
import { listRows } from './list-rows.ts'
import { asking, type RoutesContext } from './routing.ts'
import { writeObject } from './write-values.ts'

const tags = ['objects']
// Which permission it takes depends on the object; the registry asks for it.
const config = { access: 'signed-in' as const }
const ofObject = z.object({ key: z.string().max(100) })

/** `/objects/:key/rows`, `/groups`, `/values`: lists and what objects hold by the keys of their fields, alike for every object. */
export function valueRoutes(http: HttpServer, context: RoutesContext): void {
  const ask = asking(context)

  http.register(
    async (server) => {
      const app = server.withTypeProvider<ZodTypeProvider>()

      app.get(
        '/objects/:key/values',
        {
          config,
          schema: {
            tags,
            summary:
              'What some objects hold in some fields, formulas among them; those that the caller cannot see are left out',
            params: ofObject,
            querystring: valuesQuery,
            response: { 200: z.object({ items: z.array(fieldValues), nextCursor: z.null() }) },
          },
        },
        ({ actor, params: { key }, query: { ids, fields } }) =>
          ask(actor, async (_tx, questions) => ({ items: await questions.values(key, ids, fields), nextCursor: null })),
      )

      app.get(
        '/objects/:key/rows',
        {
          config,
          schema: {
            tags,
            summary: 'A page of a list with its cells, and the names of what they refer to',
            params: ofObject,
            querystring: rowsQuery,
            response: { 200: rowPage },
          },
        },
        ({ actor, params: { key }, query }) =>
          ask(actor, (tx, questions) => listRows(tx, actor, questions, key, query)),
      )

      app.get(
        '/objects/:key/groups',
        {
          config,
          schema: {
            tags,
            summary:
              'The values of a field among what a list finds, with how often each occurs as far as that is known soon',
            params: ofObject,
            querystring: groupsQuery,
            response: { 200: groups },
          },
        },
        ({ actor, params: { key }, query }) => ask(actor, (tx, questions) => listGroups(tx, questions, key, query)),
      )

      app.patch(
        '/objects/:key/values/:id',
        {
          config,
          schema: {
            tags,
            summary: 'Change an object by the keys of its fields; answers what those fields hold now',
            params: ofObject.extend({ id: z.uuid() }),
            body: writtenValues,
            response: { 200: fieldValues },
          },
        },
        ({ actor, params: { key, id }, body: { values } }) =>
          ask(actor, async (tx, questions) => {
            await writeObject(tx, actor, questions, key, { id, values })
            const [now] = await questions.values(key, [id], Object.keys(values))
            // Given to somebody whose things the caller does not see: it was changed all the same.
            return now ?? { id, name: '', values }
          }),
      )
    },
    { prefix: '/api/v1' },
  )
}
