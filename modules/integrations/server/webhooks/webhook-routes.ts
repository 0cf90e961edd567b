import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import { pageOf } from '#platform/shared/page'
import {
  delivery,
  deliveryDetails,
  deliveryQuery,
  eventType,
  replayRange,
  webhook,
  webhookDraft,
  webhookPatch,
  webhookWithSecret,
} from '../../contract/index.ts'
import { findDelivery, findDeliveryPage } from './deliveries.queries.ts'
import { eventTypes } from './event-types.ts'
import { deliveryNotFound, type replays } from './replay.ts'
import { type saveWebhook, toWebhook, webhookNotFound } from './save-webhook.ts'
import { countWaiting, findWebhook, findWebhooks } from './webhooks.queries.ts'

const params = z.object({ id: z.uuid() })
const ofDelivery = z.object({ id: z.uuid(), deliveryId: z.uuid() })
const tags = ['Webhooks']
const config = { access: 'integrations.manage' }

/** Webhooks, their log, and sending once more; for administrators. */
export function webhookRoutes(
  http: HttpServer,
  { transaction }: Platform,
  use: { save: ReturnType<typeof saveWebhook>; replay: ReturnType<typeof replays> },
) {
  http.register(
    async (plain) => {
      const app = plain.withTypeProvider<ZodTypeProvider>()

      app.get(
        '/webhook-events',
        {
          config,
          schema: {
            tags,
            summary: 'Kinds of events with the JSON schema of their payloads',
            response: { 200: pageOf(eventType) },
          },
        },
        async () => ({ items: eventTypes(), nextCursor: null }),
      )

      app.get(
        '/webhooks',
        { config, schema: { tags, summary: 'Webhooks, oldest first', response: { 200: pageOf(webhook) } } },
        ({ actor }) =>
          transaction(actor.workspaceId, async (tx) => {
            const waiting = await countWaiting(tx)
            const rows = await findWebhooks(tx)
            return { items: rows.map((row) => toWebhook(row, waiting.get(row.id) ?? 0)), nextCursor: null }
          }),
      )

      app.post(
        '/webhooks',
        {
          config,
          schema: {
            tags,
            summary: 'Make a webhook. The answer has its secret, which is never told again',
            body: webhookDraft,
            response: { 201: webhookWithSecret },
          },
        },
        async ({ actor, body, id }, reply) => reply.status(201).send(await use.save.create(actor, body, id)),
      )

      app.get(
        '/webhooks/:id',
        { config, schema: { tags, summary: 'One webhook', params, response: { 200: webhook } } },
        ({ actor, params: { id } }) =>
          transaction(actor.workspaceId, async (tx) => {
            const row = await findWebhook(tx, id)
            if (!row) throw webhookNotFound()
            return toWebhook(row, (await countWaiting(tx)).get(id) ?? 0)
          }),
      )

      app.patch(
        '/webhooks/:id',
        {
          config,
          schema: {
            tags,
            summary: 'Change, pause or switch on a webhook',
            params,
            body: webhookPatch,
            response: { 200: webhook },
          },
        },
        ({ actor, params, body, id }) => use.save.update(actor, params.id, body, id),
      )

      app.delete(
        '/webhooks/:id',
        { config, schema: { tags, summary: 'Remove a webhook and its log', params, response: { 204: z.null() } } },
        async ({ actor, params, id }, reply) => {
          await use.save.remove(actor, params.id, id)
          return reply.status(204).send(null)
        },
      )

      app.post(
        '/webhooks/:id/secret',
        {
          config,
          schema: {
            tags,
            summary: 'Give a webhook a new secret. For a day payloads are signed by the old one too',
            params,
            response: { 200: webhookWithSecret },
          },
        },
        ({ actor, params, id }) => use.save.renewSecret(actor, params.id, id),
      )

      app.post(
        '/webhooks/:id/test',
        {
          config,
          schema: {
            tags,
            summary: 'Send a test. Its fate stands in the log',
            params,
            response: { 202: z.object({ deliveryId: z.uuid() }) },
          },
        },
        async ({ actor, params }, reply) => reply.status(202).send(await use.replay.test(actor, params.id)),
      )

      app.post(
        '/webhooks/:id/replay',
        {
          config,
          schema: {
            tags,
            summary: 'Send the events of a span of time once more, with the ids that they had; at most 30 days back',
            params,
            body: replayRange,
            response: { 202: z.null() },
          },
        },
        async ({ actor, params, body, id }, reply) => {
          await use.replay.range(actor, params.id, body, id)
          return reply.status(202).send(null)
        },
      )

      app.get(
        '/webhooks/:id/deliveries',
        {
          config,
          schema: {
            tags,
            summary: 'The log of a webhook, the latest events first; kept for 30 days',
            params,
            querystring: deliveryQuery,
            response: { 200: pageOf(delivery) },
          },
        },
        ({ actor, params: { id }, query }) =>
          transaction(actor.workspaceId, async (tx) => {
            if (!(await findWebhook(tx, id))) throw webhookNotFound()
            return findDeliveryPage(tx, id, query)
          }),
      )

      app.get(
        '/webhooks/:id/deliveries/:deliveryId',
        {
          config,
          schema: {
            tags,
            summary: 'One delivery: what was sent, and every answer',
            params: ofDelivery,
            response: { 200: deliveryDetails },
          },
        },
        ({ actor, params: { id, deliveryId } }) =>
          transaction(actor.workspaceId, async (tx) => {
            const found = await findDelivery(tx, id, deliveryId)
            if (!found) throw deliveryNotFound()
            return found
          }),
      )

      app.post(
        '/webhooks/:id/deliveries/:deliveryId/replay',
        {
          config,
          schema: { tags, summary: 'Send a delivery once more', params: ofDelivery, response: { 202: z.null() } },
        },
        async ({ actor, params, id }, reply) => {
          await use.replay.one(actor, params.id, params.deliveryId, id)
          return reply.status(202).send(null)
        },
      )
    },
    { prefix: '/api/v1' },
  )
}
