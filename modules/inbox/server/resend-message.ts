import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import { assertMayWrite } from './assert-may-write.ts'
import { Change, type ChangeTools, saveChanges } from './change.ts'
import { waiting } from './conversation.ts'
import { findSent, hasLaterWords } from './delivery.queries.ts'
import type { Channels, Customers } from './uses.ts'
import { lockVisible } from './visible.queries.ts'

/**
 * Sends a message again that failed or whose fate is unknown, because a person asked for it. When it was our last word, we wait for the
 * customer again.
 *
 * @throws Problem `inbox.message_not_found`, `channels.delivery_not_resendable`, `inbox.person_restricted`
 */
export const resendMessage =
  (
    { transaction, now }: Platform,
    {
      channels,
      customers,
      tools,
    }: { channels: Pick<Channels, 'resend'>; customers: Pick<Customers, 'summaries'>; tools: ChangeTools },
  ) =>
  (actor: Actor, messageId: string): Promise<void> =>
    transaction(actor.workspaceId, async (tx) => {
      const [message] = await findSent(tx, [messageId])
      const conversation = message && (await lockVisible(tx, actor, message.conversationId))
      if (!message || !conversation) throw new Problem('inbox.message_not_found', 404, 'There is no such message.')
      await assertMayWrite(tx, customers, conversation.personId)
      await channels.resend(tx, messageId)
      const change = new Change(conversation, actor, now())
      if (!(await hasLaterWords(tx, message))) change.conversation = waiting(conversation)
      change.event('resent')
      await saveChanges(tx, tools, [change])
    })
