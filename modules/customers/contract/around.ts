import { z } from 'zod'
import { consentGrounds, contactChannels, type RelationKind, relationKinds } from './kinds.ts'

/** What a person agreed to. A row is never changed but for its withdrawal. */
export const consent = z.object({
  id: z.uuid(),
  purpose: z.string(),
  /** Kind of channel by which it lets us speak; null = any. */
  channel: z.string().nullable(),
  textVersion: z.number().int(),
  text: z.string(),
  source: z.string(),
  /** Why it is believed; null of those that came with a form. */
  ground: z.string().nullable(),
  operatorName: z.string().nullable(),
  givenAt: z.date(),
  withdrawnAt: z.date().nullable(),
  withdrawnSource: z.string().nullable(),
  withdrawnReason: z.string().nullable(),
  withdrawnBy: z.string().nullable(),
})
export type Consent = z.infer<typeof consent>

const channel = z.enum(contactChannels)
const purpose = z.string().trim().min(1).max(60)
/** An instant as ISO 8601 with its offset. */
export const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text))
const words = z.string().trim().min(1).max(500)

/** A consent that an operator writes down: on what ground, and in which words it was given. */
export const consentDraft = z.strictObject({
  purpose,
  channel: channel.nullable().optional(),
  text: z.string().trim().min(1).max(20_000),
  textVersion: z.number().int().min(1).max(10_000).default(1),
  ground: z.enum(consentGrounds),
  /** When it was given; now unless said. Never in the future. */
  givenAt: instant.optional(),
})
export type ConsentDraft = z.infer<typeof consentDraft>

export const withdrawal = z.strictObject({ ground: z.enum(consentGrounds), reason: words.nullable().optional() })
export type Withdrawal = z.infer<typeof withdrawal>

/** What a person wishes: by which channel for what, and how often at most. */
export const preference = z.object({
  channel,
  purpose: z.string(),
  isWelcome: z.boolean(),
  perMonth: z.number().int().nullable(),
  changedAt: z.date(),
  changedBy: z.string(),
})
export type Preference = z.infer<typeof preference>

/** `isWelcome: null` forgets the wish. */
export const preferenceDraft = z.strictObject({
  channel,
  purpose,
  isWelcome: z.boolean().nullable(),
  perMonth: z.number().int().min(1).max(100).nullable().optional(),
})
export type PreferenceDraft = z.infer<typeof preferenceDraft>

export const task = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  title: z.string(),
  dueAt: z.date().nullable(),
  assigneeId: z.uuid().nullable(),
  doneAt: z.date().nullable(),
  doneBy: z.string().nullable(),
  operatorName: z.string(),
  createdAt: z.date(),
})
export type Task = z.infer<typeof task>

/** `assigneeId` left out = who makes it. */
export const taskDraft = z.strictObject({
  title: words,
  dueAt: instant.nullable().optional(),
  assigneeId: z.uuid().nullable().optional(),
})
export type TaskDraft = z.infer<typeof taskDraft>
export const taskPatch = taskDraft.partial().extend({ isDone: z.boolean().optional() })
export type TaskPatch = z.infer<typeof taskPatch>

export const note = z.object({
  id: z.uuid(),
  text: z.string(),
  isPinned: z.boolean(),
  operatorId: z.uuid().nullable(),
  operatorName: z.string(),
  createdAt: z.date(),
  editedAt: z.date().nullable(),
  /** What it said before, oldest first. */
  versions: z.array(z.object({ text: z.string(), at: z.string(), by: z.string() })),
})
export type Note = z.infer<typeof note>

export const noteDraft = z.strictObject({
  text: z.string().trim().min(1).max(20_000),
  isPinned: z.boolean().optional(),
})
export type NoteDraft = z.infer<typeof noteDraft>
export const notePatch = noteDraft.partial()
export type NotePatch = z.infer<typeof notePatch>

const relationKind = z.enum(Object.keys(relationKinds) as [RelationKind, ...RelationKind[]])

/** Another person, and what that one is to this. */
export const relation = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  name: z.string(),
  kind: relationKind,
  note: z.string().nullable(),
  operatorName: z.string(),
  createdAt: z.date(),
})
export type Relation = z.infer<typeof relation>

export const relationDraft = z.strictObject({
  otherId: z.uuid(),
  kind: relationKind,
  note: words.nullable().optional(),
})
export type RelationDraft = z.infer<typeof relationDraft>

/** A file laid to the card, or one of a conversation. */
export const personFile = z.object({
  id: z.uuid(),
  name: z.string(),
  mime: z.string(),
  sizeBytes: z.number().int(),
  at: z.date(),
  by: z.string().nullable(),
  /** Where it stands; null = laid to the card itself. */
  conversationId: z.uuid().nullable(),
})
export type PersonFile = z.infer<typeof personFile>

/** One step of a person's way through the stages. */
export const stageStep = z.object({
  stage: z.string(),
  since: z.date(),
  by: z.string().nullable(),
  reason: z.string().nullable(),
})
export type StageStep = z.infer<typeof stageStep>
