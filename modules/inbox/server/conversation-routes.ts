import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Tx } from '#platform/server/database'
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
  newConversation,
  personMove,
  speakers,
} from '../contract/index.ts'
import type { changeConversation } from './change-conversation.ts'
import type { ConversationState } from './conversation.ts'
import type { listConversations } from './list-conversations.ts'
import type { moveToPerson } from './move-to-person.ts'
import { presentConversations } from './present-conversations.ts'
import type { showSpeakers } from './show-speakers.ts'
import type { startConversation } from './start-conversation.ts'
import type { ReadUses } from './uses.ts'
import { findVisible } from './visible.queries.ts'

const tags = ['Conversations']
const params = z.object({ id: z.uuid() })

export interface ConversationUseCases {
  readonly listConversations: ReturnType<typeof listConversations>
  readonly changeConversation: ReturnType<typeof changeConversation>
  readonly startConversation: ReturnType<typeof startConversation>
  readonly moveToPerson: ReturnType<typeof moveToPerson>
  readonly showSpeakers: ReturnType<typeof showSpeakers>
}

/** Conversations: find, read, start, change. */
export function conversationRoutes(http: HttpServer, platform: Platform, uses: ReadUses, use: ConversationUseCases) {
  const { transaction } = platform
  const present = async (tx: Tx, actor: Actor, conversation: ConversationState): Promise<Conversation> => {
    const [shown] = await presentConversations(tx, uses, actor, [conversation])
    if (!shown) throw new Error('A conversation got lost on its way to the reader.')
    return shown
  }

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
      app.post(
        '/conversations',
        {
          config: { access: 'inbox.reply' },
          schema: {
            tags,
            summary: 'Write to a person first',
            body: newConversation,
            response: { 201: conversation },
          },
        },
        async ({ actor, body }, reply) => {
          const started = await use.startConversation(actor, body)
          return reply.status(201).send(await transaction(actor.workspaceId, (tx) => present(tx, actor, started)))
        },
      )
      app.get(
        '/conversations/:id',
        {
          config: { access: 'inbox.read' },
          schema: { tags, summary: 'Read a conversation', params, response: { 200: conversation } },
        },
        ({ actor, params }) =>
          transaction(actor.workspaceId, async (tx) => {
            const found = await findVisible(tx, actor, params.id)
            if (!found) throw new Problem('inbox.conversation_not_found', 404, 'There is no such conversation.')
            return present(tx, actor, found)
          }),
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
          return transaction(actor.workspaceId, (tx) => present(tx, actor, changed))
        },
      )
      app.post(
        '/conversations/:id/person',
        {
          config: { access: 'inbox.reply' },
          schema: {
            tags,
            summary: "Say that a message, its conversation or its address is somebody else's",
            params,
            body: personMove,
            response: { 200: conversation },
          },
        },
        async ({ actor, params, body }) => {
          const moved = await use.moveToPerson(actor, params.id, body)
          return transaction(actor.workspaceId, (tx) => present(tx, actor, moved))
        },
      )
      app.get(
        '/conversations/:id/speakers',
        {
          config: { access: 'inbox.read' },
          schema: {
            tags,
            summary: 'Who may be writing: those who share the address of the last message',
            params,
            response: { 200: speakers },
          },
        },
        ({ actor, params }) => use.showSpeakers(actor, params.id),
      )
    },
    { prefix: '/api/v1' },
  )
}
