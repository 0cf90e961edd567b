import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Tx } from '#platform/server/database'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { pageOf, pageQuery } from '#platform/shared/page'
import {
  companiesQuery,
  company,
  companyCard,
  companyDraft,
  companyLikeness,
  companyLikenessQuery,
  companyPatch,
  companyTimelineEntry,
  companyTree,
} from '../contract/companies.ts'
import { findCompany, findCompanyIds } from './companies.queries.ts'
import { readCompanyTimeline } from './company-timeline.queries.ts'
import { findAbove, readTree } from './company-tree.queries.ts'
import { findCompanyLikenesses } from './find-company-likenesses.ts'
import { type Fields, listCompanies } from './list-customers.ts'
import { companyNotFound, createCompany, updateCompany } from './save-company.ts'
import type { Operators } from './save-person.ts'

const byId = z.object({ id: z.uuid() })
const tags = ['companies']
const read = { access: 'customers.read' }
const edit = { access: 'customers.edit' }

/** `/companies`: parse, call one use case or query in one transaction, answer. */
export function companyRoutes(
  http: HttpServer,
  platform: Platform,
  { operators, objects }: { operators: Operators; objects: Fields },
): void {
  const uses = { operators, objects }
  const use = { create: createCompany(platform, uses), update: updateCompany(platform, uses) }
  const inWorkspace = <Result>(actor: Actor, work: (tx: Tx) => Promise<Result>) =>
    platform.transaction(actor.workspaceId, work)
  const cardFor = async (tx: Tx, actor: Actor, id: string) => {
    const found = await findCompany(tx, id)
    if (!found) throw companyNotFound(id)
    const ask = await objects.questions(tx, actor)
    const likenesses = await findCompanyLikenesses(tx, { ...found, exceptId: id })
    return { ...found, likenesses, custom: ask.readable('company', found.custom), can: mayDo(actor) }
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
          schema: { tags, summary: "Open a company's card", body: companyDraft, response: { 201: companyCard } },
        },
        async ({ actor, body }, reply) => {
          const made = await inWorkspace(actor, async (tx) => cardFor(tx, actor, await use.create(tx, actor, body)))
          return reply.status(201).send(made)
        },
      )

      app.get(
        '/companies/likenesses',
        {
          config: read,
          schema: {
            tags,
            summary: 'Companies that may be the one about to be saved: the same INN, or the same name',
            querystring: companyLikenessQuery,
            response: { 200: pageOf(companyLikeness) },
          },
        },
        ({ actor, query }) =>
          inWorkspace(actor, async (tx) => ({ items: await findCompanyLikenesses(tx, query), nextCursor: null })),
      )

      app.get(
        '/companies/:id',
        { config: read, schema: { tags, summary: "A company's card", params: byId, response: { 200: companyCard } } },
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
            response: { 200: companyCard },
          },
        },
        ({ actor, params, body }) =>
          inWorkspace(actor, async (tx) => {
            await use.update(tx, actor, params.id, body)
            return cardFor(tx, actor, params.id)
          }),
      )

      app.get(
        '/companies/:id/tree',
        {
          config: read,
          schema: {
            tags,
            summary: "A company's group from its top, with who works where",
            params: byId,
            response: { 200: companyTree },
          },
        },
        ({ actor, params }) =>
          inWorkspace(actor, async (tx) => {
            const topId = (await findAbove(tx, params.id)).at(-1)
            if (!topId) throw companyNotFound(params.id)
            return readTree(tx, { id: params.id, topId })
          }),
      )

      app.get(
        '/companies/:id/timeline',
        {
          config: read,
          schema: {
            tags,
            summary: 'What happened with a company and with those who worked there at the time, newest first',
            params: byId,
            querystring: pageQuery,
            response: { 200: pageOf(companyTimelineEntry) },
          },
        },
        ({ actor, params, query }) =>
          inWorkspace(actor, async (tx) => {
            const page = await readCompanyTimeline(tx, params.id, query)
            if (page.items.length === 0 && !(await findCompanyIds(tx, [params.id])).has(params.id))
              throw companyNotFound(params.id)
            return page
          }),
      )
    },
    { prefix: '/api/v1' },
  )
}

const mayDo = (actor: Actor) => ({ edit: actor.can('customers.edit') })
