import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Questions } from '#modules/objects'
import type { Tx } from '#platform/server/database'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import { together } from '#platform/server/together'
import type { Actor } from '#platform/shared/actor'
import { pageOf } from '#platform/shared/page'
import {
  employment,
  employmentDraft,
  type Likeness,
  likeness,
  peopleQuery,
  person,
  personCard,
  personDraft,
  personPatch,
  timelinePage,
  timelineQuery,
} from '../contract/people.ts'
import { findCard, findLikenesses, findNewCard } from './cards.queries.ts'
import { employ, removeEmployment } from './employ.ts'
import { dismissPair } from './identity/dismiss-pair.ts'
import { forReader } from './identity/for-reader.ts'
import { type Fields, listPeople } from './list-customers.ts'
import { recordRead } from './record-read.ts'
import { removeIdentity } from './remove-identity.ts'
import { createPerson, type Operators, personNotFound, updatePerson } from './save-person.ts'
import { readTimeline } from './timeline-page.queries.ts'

const byId = z.object({ id: z.uuid() })
const tags = ['people']
const read = { access: 'customers.read' }
const edit = { access: 'customers.edit' }

/** `/people`: parse, call one use case or query in one transaction, answer. */
export function personRoutes(
  http: HttpServer,
  platform: Platform,
  { operators, objects }: { operators: Operators; objects: Fields },
): void {
  const { transaction, now } = platform
  const use = {
    create: createPerson(platform, { operators, objects }),
    update: updatePerson(platform, { operators, objects }),
    employ: employ(platform),
    removeEmployment: removeEmployment(platform),
    removeIdentity: removeIdentity(platform),
    dismiss: dismissPair(platform),
    recordRead: recordRead(now),
  }
  const inWorkspace = <Result>(actor: Actor, work: (tx: Tx) => Promise<Result>) => transaction(actor.workspaceId, work)
  const cardFor = async (tx: Tx, actor: Actor, id: string, find = findCard) => {
    const [card, ask] = await together(find(tx, id), objects.questions(tx, actor))
    if (!card) throw personNotFound(id)
    const likenesses = withReadable(card.likenesses, ask)
    return { ...card, likenesses, custom: ask.readable('person', card.custom), can: mayDo(actor) }
  }

  http.register(
    async (server) => {
      const app = server.withTypeProvider<ZodTypeProvider>()

      app.get(
        '/people',
        {
          config: read,
          schema: {
            tags,
            summary: 'People: found by name, number, address or words, or listed newest first or by name',
            querystring: peopleQuery,
            response: { 200: pageOf(person) },
          },
        },
        ({ actor, query }) =>
          inWorkspace(actor, async (tx) => {
            const { items, nextCursor } = await listPeople(tx, await objects.questions(tx, actor), query)
            return { items: items.map((item) => ({ ...item, can: mayDo(actor) })), nextCursor }
          }),
      )

      app.post(
        '/people',
        {
          config: edit,
          schema: { tags, summary: 'Open a card', body: personDraft, response: { 201: personCard } },
        },
        async ({ actor, body }, reply) => {
          const card = await inWorkspace(actor, async (tx) =>
            cardFor(tx, actor, await use.create(tx, actor, body), findNewCard),
          )
          return reply.status(201).send(card)
        },
      )

      app.get(
        '/people/:id',
        { config: read, schema: { tags, summary: 'A card', params: byId, response: { 200: personCard } } },
        ({ actor, params, id: requestId }) =>
          inWorkspace(actor, async (tx) => {
            // Nothing is recorded of a card that there is not: its problem takes the whole transaction back.
            const [card] = await together(
              cardFor(tx, actor, params.id),
              use.recordRead(tx, actor, params.id, requestId),
            )
            return card
          }),
      )

      app.patch(
        '/people/:id',
        {
          config: edit,
          schema: {
            tags,
            summary: 'Change a card: adds e-mails and phones, replaces companies and every other field given',
            params: byId,
            body: personPatch,
            response: { 200: personCard },
          },
        },
        ({ actor, params, body }) =>
          inWorkspace(actor, async (tx) => {
            await use.update(tx, actor, params.id, body)
            return cardFor(tx, actor, params.id)
          }),
      )

      app.get(
        '/people/:id/timeline',
        {
          config: read,
          schema: {
            tags,
            summary: 'What happened with a person, newest first: all, some kinds, with some words, from a day on',
            params: byId,
            querystring: timelineQuery,
            response: { 200: timelinePage },
          },
        },
        ({ actor, params, query }) =>
          inWorkspace(actor, async (tx) => {
            const page = await readTimeline(tx, params.id, query)
            if (!page) throw personNotFound(params.id)
            return page
          }),
      )

      app.get(
        '/people/:id/likenesses',
        {
          config: read,
          schema: {
            tags,
            summary: 'Cards that may be the same person, and why',
            params: byId,
            response: { 200: pageOf(likeness) },
          },
        },
        ({ actor, params }) =>
          inWorkspace(actor, async (tx) => {
            const found = await findLikenesses(tx, params.id)
            if (!found) throw personNotFound(params.id)
            return { items: withReadable(found, await objects.questions(tx, actor)), nextCursor: null }
          }),
      )

      app.post(
        '/people/:id/likenesses/:otherId/dismiss',
        {
          config: edit,
          schema: {
            tags,
            summary: 'Two people, not one: hides the pair until something new speaks for it',
            params: byId.extend({ otherId: z.uuid() }),
            response: { 204: z.null() },
          },
        },
        async ({ actor, params: { id, otherId } }, reply) => {
          await inWorkspace(actor, (tx) => use.dismiss(tx, actor, { personId: id, otherId }))
          return reply.status(204).send(null)
        },
      )

      app.put(
        '/people/:id/companies/:companyId',
        {
          config: edit,
          schema: {
            tags,
            summary:
              'Say that a person works or worked at a company: as what, with which part in buying, since and until when',
            params: byId.extend({ companyId: z.uuid() }),
            body: employmentDraft,
            response: { 200: employment },
          },
        },
        ({ actor, params: { id, companyId }, body }) =>
          inWorkspace(actor, (tx) => use.employ(tx, actor, { ...body, personId: id, companyId })),
      )

      app.delete(
        '/people/:id/companies/:companyId',
        {
          config: edit,
          schema: {
            tags,
            summary: 'Take it away that a person works or worked at a company: it was a mistake',
            params: byId.extend({ companyId: z.uuid() }),
            response: { 204: z.null() },
          },
        },
        async ({ actor, params: { id, companyId } }, reply) => {
          await inWorkspace(actor, (tx) => use.removeEmployment(tx, actor, { personId: id, companyId }))
          return reply.status(204).send(null)
        },
      )

      app.delete(
        '/people/:id/identities/:identityId',
        {
          config: edit,
          schema: {
            tags,
            summary: 'Take an identity off a card',
            params: byId.extend({ identityId: z.uuid() }),
            response: { 204: z.null() },
          },
        },
        async ({ actor, params: { id, identityId } }, reply) => {
          await inWorkspace(actor, (tx) => use.removeIdentity(tx, actor, { personId: id, identityId }))
          return reply.status(204).send(null)
        },
      )
    },
    { prefix: '/api/v1' },
  )
}

const withReadable = (likenesses: readonly Likeness[], ask: Questions): Likeness[] => {
  const { evidence } = forReader(ask)
  return likenesses.map((one) => ({ ...one, evidence: evidence(one.evidence) }))
}

const mayDo = (actor: Actor) => ({ edit: actor.can('customers.edit') })
