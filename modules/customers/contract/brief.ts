import { z } from 'zod'

/** Something that is being talked about with a person, as the module says that holds it. */
export const matter = z.object({
  object: z.literal('conversation'),
  id: z.uuid(),
  number: z.number().int(),
  /** '' = without a subject. */
  title: z.string(),
  /** `waiting`: for our answer · `answered`: for theirs · `snoozed`: put off until `until` · `closed`. */
  state: z.enum(['waiting', 'answered', 'snoozed', 'closed']),
  lastText: z.string(),
  lastFrom: z.enum(['customer', 'us']),
  lastAt: z.date(),
  waitingSince: z.date().nullable(),
  dueAt: z.date().nullable(),
  until: z.date().nullable(),
})
export type Matter = z.infer<typeof matter>

/** A mark that the person themself gave. */
export const rating = z.object({ value: z.number(), of: z.number(), at: z.date() })
export type Rating = z.infer<typeof rating>

/** What we owe the person. */
export const promise = z.object({
  kind: z.enum(['answer', 'task', 'return']),
  /** Of the conversation or the task. */
  id: z.uuid(),
  title: z.string(),
  dueAt: z.date().nullable(),
  isOverdue: z.boolean(),
})
export type OpenPromise = z.infer<typeof promise>

export const nextSteps = [
  'answer',
  'do_task',
  'return_to',
  'confirm_same',
  'ask_contact',
  'ask_name',
  'congratulate',
  'ask_consent',
] as const

/** What to do, and why: the first is the most pressing. */
export const nextStep = z.object({
  kind: z.enum(nextSteps),
  /** Of the conversation, task or other person it is about. */
  objectId: z.uuid().nullable(),
  title: z.string().nullable(),
  at: z.date().nullable(),
  isOverdue: z.boolean(),
})
export type NextStep = z.infer<typeof nextStep>

/** The person in five seconds. Only what is known: nothing in it is guessed. */
export const brief = z.object({
  last: matter.nullable(),
  /** Null = nothing says. */
  mood: rating.nullable(),
  promises: z.array(promise),
  next: z.array(nextStep),
})
export type Brief = z.infer<typeof brief>
