import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import { draft, ownDay, viewCounts } from '../contract/index.ts'
import type { OwnDesk } from './own-desk.ts'

const tags = ['Conversations']
const params = z.object({ id: z.uuid() })
const done = z.null().describe('Done')

/** The operator's own desk: views, day, drafts, reading. */
export function deskRoutes(http: HttpServer, desk: OwnDesk) {
  http.register(
    async (plain) => {
      const app = plain.withTypeProvider<ZodTypeProvider>()
      app.get(
        '/conversations/counts',
        {
          config: { access: 'inbox.read' },
          schema: { tags, summary: 'How many conversations each view holds', response: { 200: viewCounts } },
        },
        ({ actor }) => desk.counts(actor),
      )
      app.get(
        '/conversations/own-day',
        {
          config: { access: 'inbox.read' },
          schema: { tags, summary: 'What I did today', response: { 200: ownDay } },
        },
        ({ actor }) => desk.ownDay(actor),
      )
      app.put(
        '/conversations/:id/read',
        {
          config: { access: 'inbox.read' },
          schema: {
            tags,
            summary: 'Remember how far I have read',
            params,
            body: z.strictObject({ seq: z.number().int().min(0) }),
            response: { 204: done },
          },
        },
        async ({ actor, params, body }, reply) => {
          await desk.read(actor, params.id, body.seq)
          return reply.status(204).send(null)
        },
      )
      app.get(
        '/conversations/:id/draft',
        {
          config: { access: 'inbox.read' },
          schema: { tags, summary: 'What I began to write', params, response: { 200: draft.nullable() } },
        },
        ({ actor, params }) => desk.draft(actor, params.id),
      )
      app.put(
        '/conversations/:id/draft',
        {
          config: { access: 'inbox.reply' },
          schema: { tags, summary: 'Keep what I began to write', params, body: draft, response: { 204: done } },
        },
        async ({ actor, params, body }, reply) => {
          await desk.keepDraft(actor, params.id, body)
          return reply.status(204).send(null)
        },
      )
      app.delete(
        '/conversations/:id/draft',
        {
          config: { access: 'inbox.reply' },
          schema: { tags, summary: 'Drop what I began to write', params, response: { 204: done } },
        },
        async ({ actor, params }, reply) => {
          await desk.dropDraft(actor, params.id)
          return reply.status(204).send(null)
        },
      )
    },
    { prefix: '/api/v1' },
  )
}
