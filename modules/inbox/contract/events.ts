import { z } from 'zod'
import { deliveryStates } from '#modules/channels/contract'
import { defineEvent } from '#platform/shared/events'

/** Status, owner, team, tags, due times…: read the conversation again. */
export const conversationChanged = defineEvent(
  'inbox.conversation_changed',
  z.object({
    conversationId: z.uuid(),
    ownerId: z.uuid().nullable(),
    isNew: z.boolean(),
    /** Absent in events that versions before 0.2 stored. */
    personId: z.uuid().optional(),
  }),
)
/** A message, note or event stands in a conversation. */
export const messageAdded = defineEvent(
  'inbox.message_added',
  z.object({
    conversationId: z.uuid(),
    messageId: z.uuid(),
    seq: z.number().int(),
    direction: z.enum(['in', 'out', 'note', 'event']),
  }),
)
/** Delivery state, text or files of a message changed. */
export const messageChanged = defineEvent(
  'inbox.message_changed',
  z.object({ conversationId: z.uuid(), messageId: z.uuid(), delivery: z.enum(deliveryStates).nullable() }),
)
