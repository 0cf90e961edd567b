import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { audit } from '#platform/server/audit.queries'
import type { HttpServer } from '#platform/server/http'
import type { PersonalDataPart } from '#platform/server/personal-data'
import type { Platform } from '#platform/server/platform'
import { pageOf, pageQuery } from '#platform/shared/page'
import {
  dataStanding,
  erasure,
  erasureDraft,
  erasureQuestion,
  keptErasures,
  repeated,
  restrictionDraft,
} from '../../contract/personal-data.ts'
import { personNotFound } from '../save-person.ts'
import { erasePerson } from './erase-person.ts'
import { findErasuresOf, findKept, listErasures } from './erasures.queries.ts'
import { hashesOf } from './identity-hash.ts'
import { repeatErasures } from './repeat-erasures.ts'
import { restrictPerson } from './restrict-person.ts'
import { findStandingOf } from './standing.queries.ts'

const byId = z.object({ id: z.uuid() })
const tags = ['personal data']
const config = { access: 'customers.personal_data' }

/** Rights of the person: restriction, erasure and its proofs. */
export function personalDataRoutes(
  http: HttpServer,
  platform: Platform,
  parts: () => readonly PersonalDataPart[],
): void {
  const { transaction, secrets } = platform
  const erase = erasePerson(platform, parts)
  const restrict = restrictPerson(platform, parts)
  const repeat = repeatErasures(platform, erase)

  http.register(
    async (server) => {
      const app = server.withTypeProvider<ZodTypeProvider>()

      app.get(
        '/people/:id/standing',
        {
          config: { access: 'customers.read' },
          schema: {
            tags,
            summary: 'How far the data of a person may be used',
            params: byId,
            response: { 200: dataStanding },
          },
        },
        ({ actor, params: { id } }) =>
          transaction(actor.workspaceId, async (tx) => {
            const standing = await findStandingOf(tx, id)
            if (!standing) throw personNotFound(id)
            return standing
          }),
      )

      app.put(
        '/people/:id/restriction',
        {
          config,
          schema: {
            tags,
            summary: 'Keep and show the data of a person, and use it for nothing else',
            params: byId,
            body: restrictionDraft,
            response: { 200: dataStanding },
          },
        },
        ({ actor, params: { id }, body }) =>
          transaction(actor.workspaceId, (tx) => restrict(tx, actor, id, body.reason)),
      )

      app.delete(
        '/people/:id/restriction',
        {
          config,
          schema: { tags, summary: 'Use the data of a person again', params: byId, response: { 200: dataStanding } },
        },
        ({ actor, params: { id } }) => transaction(actor.workspaceId, (tx) => restrict(tx, actor, id, null)),
      )

      app.post(
        '/people/:id/erasure',
        {
          config,
          schema: {
            tags,
            summary: 'Erase a person: for good, with a proof',
            params: byId,
            body: erasureDraft,
            response: { 201: erasure },
          },
        },
        async ({ actor, params: { id }, body }, reply) => {
          const proof = await transaction(actor.workspaceId, (tx) => erase(tx, actor, id, body))
          return reply.status(201).send(proof)
        },
      )

      app.get(
        '/erasures',
        {
          config,
          schema: {
            tags,
            summary: 'Proofs of erasures, newest first',
            querystring: pageQuery,
            response: { 200: pageOf(erasure) },
          },
        },
        ({ actor, query }) => transaction(actor.workspaceId, (tx) => listErasures(tx, query)),
      )

      app.post(
        '/erasures/search',
        {
          config,
          schema: {
            tags,
            summary: 'Was this address, number or id erased? Asked in the body, so that it stands in no log',
            body: erasureQuestion,
            response: { 200: pageOf(erasure) },
          },
        },
        ({ actor, body: { value } }) =>
          transaction(actor.workspaceId, async (tx) => ({
            items: await findErasuresOf(tx, hashesOf(secrets, value)),
            nextCursor: null,
          })),
      )

      app.get(
        '/erasures/kept',
        {
          config,
          schema: {
            tags,
            summary: 'All proofs in a form to be kept beside backups',
            response: { 200: keptErasures },
          },
        },
        ({ actor, id: requestId }, reply) => {
          reply.header('content-disposition', 'attachment; filename="erasures.json"')
          return transaction(actor.workspaceId, async (tx) => {
            await audit(tx, actor, { action: 'customers.erasures_kept', object: 'erasure', requestId })
            return { items: await findKept(tx) }
          })
        },
      )

      app.post(
        '/erasures/repeat',
        {
          config,
          schema: {
            tags,
            summary: 'Erase again whom these proofs name, after an older backup was restored',
            body: keptErasures,
            response: { 200: repeated },
          },
        },
        ({ actor, body: { items } }) =>
          transaction(actor.workspaceId, async (tx) => ({ erased: await repeat(tx, actor, items) })),
      )
    },
    { prefix: '/api/v1' },
  )
}
