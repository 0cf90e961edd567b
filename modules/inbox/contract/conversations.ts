import { z } from 'zod'
import { capabilities } from '#modules/channels/contract'
import { customValues } from '#modules/objects/contract'
import { pageQuery } from '#platform/shared/page'
import { line } from './happenings.ts'
import { MAX_PLACE } from './messages.ts'

export const statuses = ['new', 'open', 'waiting', 'snoozed', 'closed'] as const
export const priorities = ['low', 'normal', 'high', 'urgent'] as const
export type Status = (typeof statuses)[number]
export type Priority = (typeof priorities)[number]
export const conversationViews = ['mine', 'unassigned', 'all', 'at_risk', 'closed'] as const

/** One matter with one customer, through any channels. */
export const conversation = z.object({
  id: z.uuid(),
  number: z.number().int(),
  person: z.object({ id: z.uuid(), name: z.string() }),
  /** Account by which the customer wrote last, and its kind. */
  account: z.object({ id: z.uuid(), name: z.string(), kind: z.string() }).nullable(),
  subject: z.string(),
  status: z.enum(statuses),
  priority: z.enum(priorities),
  owner: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  team: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  tags: z.array(z.string()),
  /** Number of the last message; send it with a reply so that a thread which moved unseen asks first. */
  lastSeq: z.number().int(),
  lastMessageAt: z.date(),
  lastText: z.string(),
  lastDirection: z.enum(['in', 'out', 'note', 'event']),
  /** Since when the customer waits for us; null when nobody waits. */
  waitingSince: z.date().nullable(),
  /** When the present answer is due by the norm, and at the very latest. */
  dueAt: z.date().nullable(),
  limitAt: z.date().nullable(),
  firstAnswerSeconds: z.number().int().nullable(),
  snoozedUntil: z.date().nullable(),
  closedAt: z.date().nullable(),
  /** Why this owner, or why it waits. */
  routing: line.nullable(),
  /** Messages that the reader has not seen, in own conversations and those of nobody. */
  unread: z.number().int(),
  /** Values of the company's own fields, as far as their reader may know them. */
  custom: customValues,
  createdAt: z.date(),
  can: z.object({ reply: z.boolean(), assign: z.boolean() }),
})
export type Conversation = z.infer<typeof conversation>

/** `filter` is JSON: `{"status":["open"],"ownerId":"…"|null,"teamId":"…","tag":"…","accountId":"…","channel":"email","personId":"…","priority":["high"]}`. */
export const conversationQuery = pageQuery.extend({
  q: z.string().max(200).optional(),
  view: z.enum(conversationViews).default('all'),
  filter: z.string().max(4000).optional(),
  /** `due`: at risk and overdue first, then who waits longest. `recent`: last word first. */
  sort: z.enum(['due', 'recent']).default('due'),
})
export type ConversationQuery = z.infer<typeof conversationQuery>

export const conversationPatch = z
  .strictObject({
    status: z.enum(['open', 'waiting', 'snoozed', 'closed']),
    /** With a status: `lastSeq` that its reader saw. When somebody wrote since, nothing changes and the answer is `inbox.thread_moved` (409). */
    seenSeq: z.number().int().min(0).max(MAX_PLACE),
    /** With status `snoozed`. */
    snoozedUntil: z.coerce.date().max(new Date('9999-12-31T23:59:59Z')),
    ownerId: z.uuid().nullable(),
    teamId: z.uuid().nullable(),
    priority: z.enum(priorities),
    subject: z.string().trim().max(300),
    tags: z.array(z.string().trim().min(1).max(50)).max(30),
    /** Values of own fields by their keys, without `custom.`; null empties one, those left out stay. */
    custom: customValues,
    /** Words for the colleague who takes over; stored as a note. */
    handover: z.string().trim().max(5000),
  })
  .partial()
export type ConversationPatch = z.infer<typeof conversationPatch>

export const viewCounts = z.object({
  mine: z.number().int(),
  unassigned: z.number().int(),
  all: z.number().int(),
  at_risk: z.number().int(),
  /** Oldest waiting of each view, so that it is never hidden. */
  oldestWaiting: z.object({ mine: z.date().nullable(), unassigned: z.date().nullable(), all: z.date().nullable() }),
})
export type ViewCounts = z.infer<typeof viewCounts>

/** The strip: what I did today, counted from what I could influence. */
export const ownDay = z.object({
  waiting: z.number().int(),
  answered: z.number().int(),
  /** Seconds from becoming mine (or the customer's message, when later) to my first answer; null = none today. */
  firstAnswerMedianSeconds: z.number().nullable(),
  firstAnswers: z.number().int(),
  firstAnswersWithinHour: z.number().int(),
  closed: z.number().int(),
})
export type OwnDay = z.infer<typeof ownDay>

/** A way to answer in a conversation, and what it allows now. */
export const replyRoute = z.object({
  accountId: z.uuid(),
  name: z.string(),
  kind: z.string(),
  /** The other side's address on this route. */
  address: z.string().nullable(),
  /** Where an answer goes when no other way is chosen: the route of the customer's last message. */
  isDefault: z.boolean(),
  allowed: z.boolean(),
  /** Until when free text is accepted; null = no window. */
  until: z.date().nullable(),
  /** Problem code that an answer by this route would get. */
  reasonCode: z.enum(['inbox.account_disabled', 'inbox.window_closed', 'inbox.person_restricted']).nullable(),
  capabilities,
})
export type ReplyRoute = z.infer<typeof replyRoute>

/** A conversation that we begin: `to` is an address of this person in the account's channel. */
export const newConversation = z.strictObject({
  personId: z.uuid(),
  accountId: z.uuid(),
  to: z.email().max(254),
  subject: z.string().trim().max(300).default(''),
  text: z.string().max(200_000).default(''),
  html: z.string().max(500_000).optional(),
  files: z.array(z.uuid()).max(10).default([]),
})
export type NewConversation = z.infer<typeof newConversation>
