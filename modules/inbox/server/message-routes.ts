import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import { pageOf } from '#platform/shared/page'
import { message, messageQuery, newNote, newReply, replyRoute } from '../contract/index.ts'
import type { addNote } from './add-note.ts'
import type { readMessage, readMessages } from './read-messages.ts'
import type { resendMessage } from './resend-message.ts'
import type { sendReply } from './send-reply.ts'
import type { showRoutes } from './show-routes.ts'

const tags = ['Conversations']
const params = z.object({ id: z.uuid() })
/** The same key does the same thing once, however often it is asked. */
const idempotency = z.object({ 'idempotency-key': z.string().max(200).optional() })

export interface MessageUseCases {
  readonly readMessages: ReturnType<typeof readMessages>
  readonly readMessage: ReturnType<typeof readMessage>
  readonly sendReply: ReturnType<typeof sendReply>
  readonly addNote: ReturnType<typeof addNote>
  readonly resendMessage: ReturnType<typeof resendMessage>
  readonly showRoutes: ReturnType<typeof showRoutes>
}

/** What is said in a conversation: read, answer, note, send again. */
export function messageRoutes(http: HttpServer, use: MessageUseCases) {
  http.register(
    async (plain) => {
      const app = plain.withTypeProvider<ZodTypeProvider>()
      app.get(
        '/conversations/:id/messages',
        {
          config: { access: 'inbox.read' },
          schema: {
            tags,
            summary: 'Read the thread, latest page first',
            params,
            querystring: messageQuery,
            response: { 200: pageOf(message) },
          },
        },
        ({ actor, params, query }) => use.readMessages(actor, params.id, query),
      )
      app.post(
        '/conversations/:id/replies',
        {
          config: { access: 'inbox.reply' },
          schema: {
            tags,
            summary: 'Answer the customer by the channel they wrote by',
            params,
            headers: idempotency,
            body: newReply,
            response: { 201: message },
          },
        },
        async ({ actor, params, body, headers }, reply) => {
          const { messageId } = await use.sendReply(actor, params.id, body, headers['idempotency-key'])
          return reply.status(201).send(await use.readMessage(actor, messageId))
        },
      )
      app.post(
        '/conversations/:id/notes',
        {
          config: { access: 'inbox.reply' },
          schema: {
            tags,
            summary: 'Write a note for colleagues',
            params,
            headers: idempotency,
            body: newNote,
            response: { 201: message },
          },
        },
        async ({ actor, params, body, headers }, reply) => {
          const { messageId } = await use.addNote(actor, params.id, body, headers['idempotency-key'])
          return reply.status(201).send(await use.readMessage(actor, messageId))
        },
      )
      app.get(
        '/conversations/:id/routes',
        {
          config: { access: 'inbox.read' },
          schema: {
            tags,
            summary: 'Ways to answer, and what each allows now',
            params,
            response: { 200: z.object({ items: z.array(replyRoute) }) },
          },
        },
        async ({ actor, params }) => ({ items: await use.showRoutes(actor, params.id) }),
      )
      app.get(
        '/messages/:id',
        {
          config: { access: 'inbox.read' },
          schema: { tags, summary: 'Read one message', params, response: { 200: message } },
        },
        ({ actor, params }) => use.readMessage(actor, params.id),
      )
      app.post(
        '/messages/:id/resend',
        {
          config: { access: 'inbox.reply' },
          schema: { tags, summary: 'Send a failed message again', params, response: { 200: message } },
        },
        async ({ actor, params }) => {
          await use.resendMessage(actor, params.id)
          return use.readMessage(actor, params.id)
        },
      )
    },
    { prefix: '/api/v1' },
  )
}
