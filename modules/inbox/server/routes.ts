import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#platform/server/http'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { pageOf } from '#platform/shared/page'
import { Problem } from '#platform/shared/problems'
import {
  type Conversation,
  conversation,
  conversationPatch,
  conversationQuery,
  message,
  messageQuery,
  newNote,
  newReply,
} from '../contract/index.ts'
import type { addNote } from './add-note.ts'
import type { changeConversation } from './change-conversation.ts'
import type { listConversations } from './list-conversations.ts'
import { presentConversations } from './present-conversations.ts'
import type { readMessage, readMessages } from './read-messages.ts'
import type { sendReply } from './send-reply.ts'
import type { ReadUses } from './uses.ts'
import { findVisible } from './visible.queries.ts'

const tags = ['Conversations']
const params = z.object({ id: z.uuid() })

export interface ConversationUseCases {
  listConversations: ReturnType<typeof listConversations>
  readMessages: ReturnType<typeof readMessages>
  readMessage: ReturnType<typeof readMessage>
  sendReply: ReturnType<typeof sendReply>
  addNote: ReturnType<typeof addNote>
  changeConversation: ReturnType<typeof changeConversation>
}

/** Conversations: find, read, answer, note, change. */
export function conversationRoutes(http: HttpServer, platform: Platform, uses: ReadUses, use: ConversationUseCases) {
  const show = (actor: Actor, id: string): Promise<Conversation> =>
    platform.transaction(actor.workspaceId, async (tx) => {
      const found = await findVisible(tx, actor, id)
      const [shown] = found ? await presentConversations(tx, uses, actor, [found]) : []
      if (!shown) throw new Problem('inbox.conversation_not_found', 404, 'There is no such conversation.')
      return shown
    })

  http.register(
    async (plain) => {
      const app = plain.withTypeProvider<ZodTypeProvider>()
      app.get(
        '/conversations',
        {
          config: { access: 'inbox.read' },
          schema: {
            tags,
            summary: 'List conversations: views, filters, search',
            querystring: conversationQuery,
            response: { 200: pageOf(conversation) },
          },
        },
        ({ actor, query }) => use.listConversations(actor, query),
      )
      app.get(
        '/conversations/:id',
        {
          config: { access: 'inbox.read' },
          schema: { tags, summary: 'Read a conversation', params, response: { 200: conversation } },
        },
        ({ actor, params }) => show(actor, params.id),
      )
      app.patch(
        '/conversations/:id',
        {
          config: { access: 'inbox.reply' },
          schema: {
            tags,
            summary: 'Assign, transfer, snooze, close, reopen, tag, rename a conversation',
            params,
            body: conversationPatch,
            response: { 200: conversation },
          },
        },
        async ({ actor, params, body }) => {
          const changed = await use.changeConversation(actor, params.id, body)
          // Shown as it is now even to one who has just given it away and will not see it any more.
          return platform.transaction(actor.workspaceId, async (tx) => {
            const [shown] = await presentConversations(tx, uses, actor, [changed])
            if (!shown) throw new Error('A conversation got lost on its way to the reader.')
            return shown
          })
        },
      )
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
            headers: z.object({ 'idempotency-key': z.string().max(200).optional() }),
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
          schema: { tags, summary: 'Write a note for colleagues', params, body: newNote, response: { 201: message } },
        },
        async ({ actor, params, body }, reply) => {
          const { messageId } = await use.addNote(actor, params.id, body)
          return reply.status(201).send(await use.readMessage(actor, messageId))
        },
      )
    },
    { prefix: '/api/v1' },
  )
}
