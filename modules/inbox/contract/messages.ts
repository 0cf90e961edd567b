import { z } from 'zod'
import { deliveryStates } from '#modules/channels/contract'
import { pageQuery } from '#platform/shared/page'
import { line } from './happenings.ts'

/** Largest number of a place that the database can hold. */
export const MAX_PLACE = 2_147_483_647

export const messageFile = z.object({
  id: z.uuid(),
  name: z.string(),
  mime: z.string(),
  sizeBytes: z.number().int(),
  isInline: z.boolean(),
  contentId: z.string().nullable(),
  /** Where to load it with the reader's session. */
  url: z.string(),
})

export const message = z.object({
  id: z.uuid(),
  conversationId: z.uuid(),
  /** Order within the conversation, without gaps. */
  seq: z.number().int(),
  /** note = internal, never sent; event = what happened with the conversation. */
  direction: z.enum(['in', 'out', 'note', 'event']),
  channel: z.string().nullable(),
  account: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  from: z.object({
    name: z.string(),
    address: z.string().nullable(),
    operatorId: z.uuid().nullable(),
    personId: z.uuid().nullable(),
  }),
  /** The other side's address on this route. */
  to: z.string().nullable(),
  subject: z.string().nullable(),
  text: z.string(),
  /** Quoted talk and signature, shown folded. */
  quoted: z.string().nullable(),
  /** Sanitised; shown in a sandboxed frame. */
  html: z.string().nullable(),
  files: z.array(messageFile),
  automatic: z.enum(['auto_reply', 'bounce', 'mailing_list', 'notification']).nullable(),
  context: z.record(z.string(), z.string()),
  event: line.nullable(),
  sentAt: z.date(),
  /** The customer changed the text, or took the message back. */
  editedAt: z.date().nullable(),
  isDeleted: z.boolean(),
  delivery: z
    .object({ state: z.enum(deliveryStates), reason: z.string().nullable(), reasonCode: z.string().nullable() })
    .nullable(),
  can: z.object({ resend: z.boolean() }),
})
export type Message = z.infer<typeof message>

/** Without anything the latest page. `beforeSeq`, `afterSeq`: a page of what stands before a message, or of what came behind it. */
export const messageQuery = pageQuery.extend({
  beforeSeq: z.coerce.number().int().min(0).max(MAX_PLACE).optional(),
  afterSeq: z.coerce.number().int().min(0).max(MAX_PLACE).optional(),
})
export type MessageQuery = z.infer<typeof messageQuery>

export const newReply = z.strictObject({
  text: z.string().max(200_000).default(''),
  html: z.string().max(500_000).optional(),
  /** Ids of uploaded files (`POST /files`). */
  files: z.array(z.uuid()).max(10).default([]),
  /** Another route than that of the customer's last message: a deliberate switch. */
  accountId: z.uuid().optional(),
  subject: z.string().trim().max(300).optional(),
  /** `lastSeq` the writer saw. When the thread moved on since, the answer is `inbox.thread_moved` (409) until asked again without it. */
  seenSeq: z.number().int().min(0).max(MAX_PLACE).optional(),
  /** What becomes of the conversation: it waits for the customer (preset) or is closed. */
  after: z.enum(['close', 'wait']).optional(),
})
export type NewReply = z.infer<typeof newReply>

export const newNote = z.strictObject({
  text: z.string().trim().min(1).max(50_000),
  files: z.array(z.uuid()).max(10).default([]),
})
export type NewNote = z.infer<typeof newNote>

export const draft = z.strictObject({
  mode: z.enum(['reply', 'note']),
  text: z.string().max(200_000),
  fileIds: z.array(z.uuid()).max(10).default([]),
})
export type Draft = z.infer<typeof draft>
