import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Tx } from '#platform/server/database'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { pageOf } from '#platform/shared/page'
import { companiesQuery, company, companyDraft, companyPatch } from '../contract/people.ts'
import { findCompany } from './companies.queries.ts'
import { type Fields, listCompanies } from './list-customers.ts'
import { companyNotFound, createCompany, updateCompany } from './save-company.ts'

const byId = z.object({ id: z.uuid() })
const tags = ['companies']
const read = { access: 'customers.read' }
const edit = { access: 'customers.edit' }

/** `/companies`: parse, call one use case or query in one transaction, answer. */
export function companyRoutes(http: HttpServer, platform: Platform, objects: Fields): void {
  const use = { create: createCompany(platform, objects), update: updateCompany(platform, objects) }
  const inWorkspace = <Result>(actor: Actor, work: (tx: Tx) => Promise<Result>) =>
    platform.transaction(actor.workspaceId, work)
  const cardFor = async (tx: Tx, actor: Actor, id: string) => {
    const found = await findCompany(tx, id)
    if (!found) throw companyNotFound(id)
    const ask = await objects.questions(tx, actor)
    return { ...found, custom: ask.readable('company', found.custom), can: mayDo(actor) }
  }

  http.register(
    async (server) => {
      const app = server.withTypeProvider<ZodTypeProvider>()

      app.get(
        '/companies',
        {
          config: read,
          schema: {
            tags,
            summary: 'Companies: found by name, INN, site or words, or listed by name or newest first',
            querystring: companiesQuery,
            response: { 200: pageOf(company) },
          },
        },
        ({ actor, query }) =>
          inWorkspace(actor, async (tx) => {
            const { items, nextCursor } = await listCompanies(tx, await objects.questions(tx, actor), query)
            return { items: items.map((item) => ({ ...item, can: mayDo(actor) })), nextCursor }
          }),
      )

      app.post(
        '/companies',
        {
          config: edit,
          schema: { tags, summary: "Open a company's card", body: companyDraft, response: { 201: company } },
        },
        async ({ actor, body }, reply) => {
          const made = await inWorkspace(actor, async (tx) => cardFor(tx, actor, await use.create(tx, actor, body)))
          return reply.status(201).send(made)
        },
      )

      app.get(
        '/companies/:id',
        { config: read, schema: { tags, summary: "A company's card", params: byId, response: { 200: company } } },
        ({ actor, params }) => inWorkspace(actor, (tx) => cardFor(tx, actor, params.id)),
      )

      app.patch(
        '/companies/:id',
        {
          config: edit,
          schema: {
            tags,
            summary: "Change a company's card",
            params: byId,
            body: companyPatch,
            response: { 200: company },
          },
        },
        ({ actor, params, body }) =>
          inWorkspace(actor, async (tx) => {
            await use.update(tx, actor, params.id, body)
            return cardFor(tx, actor, params.id)
          }),
      )
    },
    { prefix: '/api/v1' },
  )
}

const mayDo = (actor: Actor) => ({ edit: actor.can('customers.edit') })
