import { z } from 'zod'
import { defineEvent } from '#platform/shared/events'
import { deliveryStates } from './delivery.ts'

export const accountChanged = defineEvent('channels.account_changed', z.object({ accountId: z.uuid() }))

/** Raw arrivals were read; the facts went to their receiver in the same transaction. For counting, not for content. */
export const factsArrived = defineEvent(
  'channels.facts_arrived',
  z.object({ accountId: z.uuid(), messages: z.number().int() }),
)

/** The fate of an outgoing message became known. `messageId` is the inbox's message. */
export const deliveryChanged = defineEvent(
  'channels.delivery_changed',
  z.object({
    messageId: z.uuid(),
    accountId: z.uuid(),
    state: z.enum(deliveryStates),
    providerId: z.string().nullable(),
    reason: z.string().nullable(),
    reasonCode: z.string().nullable(),
  }),
)

/** An answer in the site chat was not fetched by the visitor's browser in time, and the visitor left an e-mail: send it there too. */
export const chatAnswerUnseen = defineEvent(
  'channels.chat_answer_unseen',
  z.object({ messageId: z.uuid(), accountId: z.uuid(), threadId: z.uuid(), email: z.string() }),
)
