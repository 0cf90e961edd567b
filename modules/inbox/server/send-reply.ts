import { once } from '#platform/server/idempotency'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import type { NewReply } from '../contract/index.ts'
import { assertMayWrite } from './assert-may-write.ts'
import { assertUnmoved } from './assert-unmoved.ts'
import { Change, type ChangeTools, saveChanges } from './change.ts'
import { closed } from './conversation.ts'
import { type Route, replyRoute } from './reply-route.ts'
import { findHeard } from './route.queries.ts'
import { afterSaying, say } from './say.ts'
import type { Channels, Customers } from './uses.ts'
import { lockVisible } from './visible.queries.ts'

export interface SendReplyUses {
  readonly channels: Pick<Channels, 'accounts' | 'enqueueDelivery'>
  readonly customers: Pick<Customers, 'summaries'>
  readonly tools: ChangeTools
}

/**
 * Stores an operator's answer and queues it for delivery, in one transaction; its fate comes later, by `recordDeliveries`. The same
 * `idempotencyKey` sends once.
 *
 * @throws Problem `inbox.conversation_not_found`, `inbox.person_restricted`, `inbox.thread_moved` (409, with the number of unseen messages), those of
 * `replyRoute` and `assertSendable`
 */
export const sendReply =
  ({ transaction, now }: Platform, uses: SendReplyUses) =>
  (actor: Actor, conversationId: string, reply: NewReply, idempotencyKey?: string): Promise<{ messageId: string }> =>
    transaction(actor.workspaceId, async (tx) => {
      const { body } = await once(tx, actor, { key: idempotencyKey, request: { conversationId, reply } }, async () => {
        const conversation = await lockVisible(tx, actor, conversationId)
        if (!conversation) throw new Problem('inbox.conversation_not_found', 404, 'There is no such conversation.')
        await assertMayWrite(tx, uses.customers, conversation.personId)
        await assertUnmoved(tx, actor, conversationId, reply.seenSeq)
        const heard = await findHeard(tx, conversationId)
        const route = replyRoute(heard, await uses.channels.accounts(tx), reply.accountId)
        const change = new Change(conversation, actor, now())
        if (reply.accountId && reply.accountId !== conversation.accountId)
          change.event('channel_switched', { account: route.account.name })
        const lastHeardAt = heardAt(heard, route)
        const messageId = await say(tx, uses.channels, change, { words: reply, route, lastHeardAt })
        if (reply.after === 'close') {
          change.conversation = closed(change.conversation, actor.operatorId, change.at)
          change.event('closed')
        }
        await saveChanges(tx, uses.tools, [change])
        await afterSaying(tx, change, { messageId, text: reply.text, fileIds: reply.files })
        return { status: 201, body: { messageId } }
      })
      return body
    })

/** When the customer last wrote by the account of this route. */
const heardAt = (heard: Awaited<ReturnType<typeof findHeard>>, { account }: Route): Date | null =>
  heard.find(({ accountId, direction }) => accountId === account.id && direction === 'in')?.sentAt ?? null
