import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { indexForSearch } from '#platform/server/search.queries'
import { systemActor } from '#platform/shared/actor'
import { changedOnly } from '#platform/shared/changes'
import { messageChanged } from '../contract/index.ts'
import { audienceOf } from './audience.ts'
import { Change, type ChangeTools, saveChanges } from './change.ts'
import { lockConversations } from './conversation.queries.ts'
import { type ConversationState, preview } from './conversation.ts'
import { saveDeletion, saveEdit } from './delivery.queries.ts'
import { shortName } from './message-content.ts'
import type { Arrival } from './uses.ts'

/** Writes what customers changed or took back onto their messages, in the caller's transaction. What was never received is passed over. */
export const recordEdits =
  ({ events }: Platform, tools: ChangeTools) =>
  async (tx: Tx, { account, facts, receivedAt }: Arrival): Promise<void> => {
    for (const fact of facts) {
      if (fact.type === 'message') continue
      const place = { accountId: account.id, providerId: shortName(fact.id), at: receivedAt }
      const edited = fact.type === 'edited' ? await saveEdit(tx, { ...place, text: fact.text }) : undefined
      const message = edited ?? (fact.type === 'deleted' ? await saveDeletion(tx, place) : undefined)
      const [conversation] = message ? await lockConversations(tx, [message.conversationId]) : []
      if (!message || !conversation) continue
      if (fact.type === 'edited' && edited) {
        await correctLastWords(tx, tools, conversation, { from: edited.formerText, to: fact.text, at: receivedAt })
        const facts = { conversationId: conversation.id }
        await indexForSearch(tx, {
          object: 'message',
          id: message.id,
          title: '',
          body: fact.text,
          facts,
          at: receivedAt,
        })
      }
      const changed = { conversationId: conversation.id, messageId: message.id, delivery: null }
      // Without the words: they are the customer's, and of an erased one none may stay.
      const changes = fact.type === 'edited' ? changedOnly('text', 'editedAt') : changedOnly('isDeleted')
      await events.publish(tx, systemActor(tx.workspaceId), messageChanged, changed, {
        audience: audienceOf(conversation),
        changes,
      })
    }
  }

/** The list shows the customer's last words as they are now. */
async function correctLastWords(
  tx: Tx,
  tools: ChangeTools,
  conversation: ConversationState,
  { from, to, at }: { from: string; to: string; at: Date },
): Promise<void> {
  if (conversation.lastDirection !== 'in' || conversation.lastText !== preview(from) || preview(to) === '') return
  const change = new Change(conversation, systemActor(tx.workspaceId), at)
  change.conversation = { ...conversation, lastText: preview(to) }
  await saveChanges(tx, tools, [change])
}
