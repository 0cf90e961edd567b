import { z } from 'zod'

/**
 * What one account of a channel can do, as data: the composer, automation and tests read the same object, so no code
 * outside an adapter asks "is this e-mail?".
 */
export const capabilities = z.object({
  /** Text forms that `send` accepts. */
  formats: z.array(z.enum(['plain', 'html'])),
  /** Characters (UTF-16 code units) of one message; null when the channel sets no limit. */
  maxTextLength: z.number().int().positive().nullable(),
  /** Bytes of all files of one message together; 0 when files cannot be sent. */
  maxAttachmentBytes: z.number().int().nonnegative(),
  subject: z.boolean(),
  replyToMessage: z.boolean(),
  /** Receipts that this channel reports at all; the screen says "not reported" for the others. */
  receipts: z.array(z.enum(['delivered', 'read', 'failed'])),
  typing: z.boolean(),
  /** Where an answer goes: back by this account, or by another one because this channel only brings things in (forms). */
  reply: z.enum(['same_channel', 'other_channel']),
  startConversation: z.enum(['always', 'after_customer_wrote', 'never']),
  /** Hours after the customer's last message within which free text is accepted; null = no window. */
  replyWindowHours: z.number().positive().nullable(),
  /** True when handing over the same message twice reaches the customer once: then an unknown outcome may be resent. */
  idempotentSend: z.boolean(),
})
export type Capabilities = z.infer<typeof capabilities>
