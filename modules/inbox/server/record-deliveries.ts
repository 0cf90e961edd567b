import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { systemActor } from '#platform/shared/actor'
import { messageChanged } from '../contract/index.ts'
import { audienceOf } from './audience.ts'
import { Change, type ChangeTools, saveChanges } from './change.ts'
import { lockConversations } from './conversation.queries.ts'
import { type ConversationState, goesOn, owed } from './conversation.ts'
import { findSent, hasLaterAnswer, type SentMessage, saveFates } from './delivery.queries.ts'
import { isNews } from './delivery-rules.ts'
import { shortName } from './message-content.ts'
import { normsOf } from './norms.ts'
import { saveThreads } from './thread.queries.ts'
import type { Access, DeliveryChange } from './uses.ts'

export interface RecordDeliveriesUses {
  readonly access: Pick<Access, 'businessWorkspace' | 'presentOperators'>
  readonly tools: ChangeTools
}

/** What became known of one message. */
interface News {
  readonly change: DeliveryChange
  readonly message: SentMessage
  readonly providerId: string | null
}

/**
 * Writes the fates of answers onto their messages, in the caller's transaction, and makes the ids known under which the customer's next
 * words will come. An answer that did not arrive is owed again. The same statements for one and for hundreds.
 */
export const recordDeliveries =
  ({ events, now }: Platform, uses: RecordDeliveriesUses) =>
  async (tx: Tx, changes: readonly DeliveryChange[]): Promise<void> => {
    const ids = changes.map(({ messageId }) => messageId)
    const asked = await findSent(tx, ids)
    if (asked.length === 0) return
    const locked = await lockConversations(tx, [...new Set(asked.map(({ conversationId }) => conversationId))])
    const conversations = new Map(locked.map((conversation) => [conversation.id, conversation]))
    // Read again under the lock: news of one message may come by two ways at once.
    const messages = new Map((await findSent(tx, ids)).map((message) => [message.id, message]))
    const news = changes.flatMap((change) => newsOf(change, messages.get(change.messageId)))

    await saveFates(tx, news.map(fateOf))
    await saveThreads(tx, threadsOf(news))
    for (const { change, message } of news) {
      const conversation = conversations.get(message.conversationId)
      if (!conversation) continue
      if (change.state === 'failed') {
        conversations.set(conversation.id, await oweAgain(tx, uses, { conversation, message, at: now() }))
      }
      const data = { conversationId: conversation.id, messageId: message.id, delivery: change.state }
      const changes = { delivery: { before: message.delivery, after: change.state } }
      await events.publish(tx, systemActor(tx.workspaceId), messageChanged, data, {
        audience: audienceOf(conversation),
        changes,
      })
    }
  }

function newsOf(change: DeliveryChange, message: SentMessage | undefined): News[] {
  if (!message || !isNews(message.delivery, change.state, change.reasonCode)) return []
  return [{ change, message, providerId: message.providerId ?? (change.providerId && shortName(change.providerId)) }]
}

const fateOf = ({ change, message, providerId }: News) => ({
  id: message.id,
  delivery: change.state,
  reason: change.reason,
  reasonCode: change.reasonCode,
  providerId,
})

/** Each once: one statement cannot write a row twice. */
function threadsOf(news: readonly News[]) {
  const threads = news.flatMap(({ change, message: { accountId, address, conversationId }, providerId }) => {
    if (!accountId || !address) return []
    const participant = shortName(address)
    return [providerId, change.thread].flatMap((id) =>
      id ? [{ accountId, thread: shortName(id), participant, conversationId }] : [],
    )
  })
  return [
    ...new Map(threads.map((one) => [JSON.stringify([one.accountId, one.thread, one.participant]), one])).values(),
  ]
}

/** The customer did not get our last words: somebody who is here has to look at it, also when it was closed with them. */
async function oweAgain(
  tx: Tx,
  { access, tools }: RecordDeliveriesUses,
  { conversation, message, at }: { conversation: ConversationState; message: SentMessage; at: Date },
): Promise<ConversationState> {
  const rests = conversation.status === 'waiting' || conversation.status === 'closed'
  if (!rests || (await hasLaterAnswer(tx, message))) return conversation
  const change = new Change(conversation, systemActor(tx.workspaceId), at)
  const again = owed(conversation, at, await normsOf(tx, access))
  change.conversation = goesOn(again, await access.presentOperators(tx))
  change.event('answer_failed')
  await saveChanges(tx, tools, [change])
  return change.conversation
}
