import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { indexForSearch } from '#platform/server/search.queries'
import { systemActor } from '#platform/shared/actor'
import { changedOnly } from '#platform/shared/changes'
import { messageChanged } from '../contract/index.ts'
import { audienceOf } from './audience.ts'
import { lockConversations } from './conversation.queries.ts'
import { saveDeletion, saveEdit } from './delivery.queries.ts'
import { shortName } from './message-content.ts'
import type { Arrival } from './uses.ts'

/** Writes what customers changed or took back onto their messages, in the caller's transaction. What was never received is passed over. */
export const recordEdits =
  ({ events }: Platform) =>
  async (tx: Tx, { account, facts, receivedAt }: Arrival): Promise<void> => {
    for (const fact of facts) {
      if (fact.type === 'message') continue
      const place = { accountId: account.id, providerId: shortName(fact.id), at: receivedAt }
      const message =
        fact.type === 'edited' ? await saveEdit(tx, { ...place, text: fact.text }) : await saveDeletion(tx, place)
      const [conversation] = message ? await lockConversations(tx, [message.conversationId]) : []
      if (!message || !conversation) continue
      if (fact.type === 'edited') {
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
