import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { systemActor } from '#platform/shared/actor'
import { messageChanged } from '../contract/index.ts'
import { audienceOf } from './audience.ts'
import { Change, type ChangeTools, saveChanges } from './change.ts'
import { lockConversations } from './conversation.queries.ts'
import { type ConversationState, owed } from './conversation.ts'
import { findSent, hasLaterAnswer, type SentMessage, saveDelivery } from './delivery.queries.ts'
import { isNews } from './delivery-rules.ts'
import { shortName } from './message-content.ts'
import { normsOf } from './norms.ts'
import { saveThreads } from './thread.queries.ts'
import type { Access, DeliveryChange } from './uses.ts'

export interface RecordDeliveryUses {
  readonly access: Pick<Access, 'businessWorkspace'>
  readonly tools: ChangeTools
}

/**
 * Writes the fate of an answer onto its message, in the caller's transaction, and makes the ids known under which the customer's next
 * words will come. An answer that did not arrive is owed again.
 */
export const recordDelivery =
  ({ events, now }: Platform, uses: RecordDeliveryUses) =>
  async (tx: Tx, change: DeliveryChange): Promise<void> => {
    const asked = await findSent(tx, change.messageId)
    if (!asked) return
    const [conversation] = await lockConversations(tx, [asked.conversationId])
    // Read again under the lock: news of one message may come by two ways at once.
    const message = await findSent(tx, change.messageId)
    if (!conversation || !message || !isNews(message.delivery, change.state, change.reasonCode)) return

    const providerId = message.providerId ?? (change.providerId && shortName(change.providerId))
    await saveDelivery(tx, message.id, {
      delivery: change.state,
      reason: change.reason,
      reasonCode: change.reasonCode,
      providerId,
    })
    await rememberThreads(tx, message, [providerId, change.thread])
    if (change.state === 'failed') await oweAgain(tx, uses, { conversation, message, at: now() })
    const data = { conversationId: conversation.id, messageId: message.id, delivery: change.state }
    await events.publish(tx, systemActor(tx.workspaceId), messageChanged, data, audienceOf(conversation))
  }

async function rememberThreads(
  tx: Tx,
  { accountId, address, conversationId }: SentMessage,
  ids: (string | null | undefined)[],
) {
  if (!accountId || !address) return
  const threads = [...new Set(ids.flatMap((id) => (id ? shortName(id) : [])))]
  await saveThreads(
    tx,
    threads.map((thread) => ({ accountId, thread, participant: shortName(address), conversationId })),
  )
}

/** The customer did not get our last words: somebody has to look at it, also when it was closed with them. */
async function oweAgain(
  tx: Tx,
  { access, tools }: RecordDeliveryUses,
  { conversation, message, at }: { conversation: ConversationState; message: SentMessage; at: Date },
): Promise<void> {
  const rests = conversation.status === 'waiting' || conversation.status === 'closed'
  if (!rests || (await hasLaterAnswer(tx, message))) return
  const change = new Change(conversation, systemActor(tx.workspaceId), at)
  change.conversation = owed(conversation, at, await normsOf(tx, access))
  change.event('answer_failed')
  await saveChanges(tx, tools, [change])
}
