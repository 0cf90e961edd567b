import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { conversationChanged, type Message, messageAdded } from '../contract/index.ts'
import { audienceOf } from './audience.ts'
import type { ConversationState } from './conversation.ts'
import { conversationChanges } from './conversation-changes.ts'

/** Tells of a changed conversation, after what was newly said in it: to whoever may see it now or could before. */
export async function announceChange(
  tx: Tx,
  events: Platform['events'],
  change: {
    actor: Actor
    before: ConversationState
    conversation: ConversationState
    messages: readonly Pick<Message, 'id' | 'seq' | 'direction'>[]
    isNew: boolean
  },
): Promise<void> {
  const { actor, before, conversation, messages, isNew } = change
  const { id: conversationId, ownerId, personId } = conversation
  const audience = audienceOf(before, conversation)
  for (const { id: messageId, seq, direction } of messages) {
    await events.publish(tx, actor, messageAdded, { conversationId, messageId, seq, direction }, { audience })
  }
  const changes = conversationChanges(before, conversation)
  await events.publish(
    tx,
    actor,
    conversationChanged,
    { conversationId, ownerId, isNew, personId },
    { audience, changes },
  )
}
