import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import { search } from '#platform/server/search.queries'
import { searchText } from '#platform/server/search-text'
import { pageOf } from '#platform/shared/page'
import { Problem } from '#platform/shared/problems'
import { type Found, found, searchObjects } from '../contract/people.ts'

const query = z.object({
  q: z.string().max(200),
  /** Comma-separated kinds; all by default. */
  objects: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
})

/** `/search`: the command palette's look over everything that customers own. */
export function searchRoutes(http: HttpServer, { transaction }: Platform): void {
  http.register(
    async (server) => {
      const app = server.withTypeProvider<ZodTypeProvider>()
      app.get(
        '/search',
        {
          config: { access: 'customers.read' },
          schema: {
            tags: ['search'],
            summary: 'People and companies by any part of a name, number or address, best first',
            querystring: query,
            response: { 200: pageOf(found) },
          },
        },
        async ({ actor, query: { q, objects, limit } }) => {
          const wanted = objects === undefined ? [...searchObjects] : objects.split(',').map((object) => object.trim())
          if (!wanted.every(isSearchable)) {
            throw new Problem('customers.search_unknown', 422, `Can be searched: ${searchObjects.join(', ')}.`)
          }
          const rows = await transaction(actor.workspaceId, (tx) =>
            search(tx, { q: searchText(q), objects: wanted, limit }),
          )
          const items = rows.flatMap(({ object, id, title, facts }): Found[] =>
            isSearchable(object)
              ? [{ object, id, name: textOf(facts.name) ?? title, detail: textOf(facts.detail) ?? '' }]
              : [],
          )
          return { items, nextCursor: null }
        },
      )
    },
    { prefix: '/api/v1' },
  )
}

const isSearchable = (object: string): object is Found['object'] => searchObjects.some((known) => known === object)
const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)
