import { z } from 'zod'
import { pageQuery } from '#platform/shared/page'
import { pairEvidence, person } from './people.ts'

/** Fields of a card of which a merge shows one side's value. */
export const choiceFields = [
  'name',
  'firstName',
  'lastName',
  'middleName',
  'stage',
  'ownerId',
  'locale',
  'timeZone',
  'city',
  'addressForm',
  'preferredChannel',
  'bestTime',
  'birthday',
  'note',
] as const
export type ChoiceField = (typeof choiceFields)[number]

const side = person.pick({
  id: true,
  name: true,
  firstName: true,
  lastName: true,
  middleName: true,
  stage: true,
  ownerId: true,
  locale: true,
  timeZone: true,
  city: true,
  addressForm: true,
  preferredChannel: true,
  bestTime: true,
  birthday: true,
  note: true,
  custom: true,
  origin: true,
  createdAt: true,
  identities: true,
})
export type CandidateSide = z.infer<typeof side>

/** Two cards that may be one person. `keep` = the side whose card would be shown. */
export const candidate = z.object({
  a: side,
  b: side,
  keep: z.enum(['a', 'b']),
  /** The side whose value a merge would show, field by field; fields that agree are left out. `custom.x` names one's own fields. */
  choices: z.record(z.string(), z.enum(['a', 'b'])),
  /** Null = found by a common address, not weighed yet. */
  probability: z.number().nullable(),
  bits: z.number().nullable(),
  evidence: z.array(pairEvidence),
  reasons: z.array(z.object({ kind: z.string(), value: z.string() })),
  rule: z.string().nullable(),
  foundAt: z.date(),
})
export type Candidate = z.infer<typeof candidate>

export const candidatesQuery = pageQuery.extend({
  /** Only pairs of this card. */
  personId: z.uuid().optional(),
  rule: z.string().max(200).optional(),
})
export type CandidatesQuery = z.infer<typeof candidatesQuery>

/** Joins two cards. `choices`: field → the card whose value is shown; without it Okno chooses. */
export const mergeDraft = z.strictObject({
  keptId: z.uuid(),
  hiddenId: z.uuid(),
  choices: z.record(z.string().max(80), z.uuid()).optional(),
})
export type MergeDraft = z.infer<typeof mergeDraft>

export const merge = z.object({
  id: z.uuid(),
  keptId: z.uuid(),
  keptName: z.string(),
  hiddenId: z.uuid(),
  hiddenName: z.string(),
  evidence: z.array(pairEvidence),
  /** Fields that the kept card took over, with the card whose value it was. */
  taken: z.record(z.string(), z.object({ before: z.unknown(), after: z.unknown(), from: z.uuid() })),
  /** `Okno` when it joined by itself. */
  operatorName: z.string(),
  isAutomatic: z.boolean(),
  mergedAt: z.date(),
  undoneAt: z.date().nullable(),
  undoneBy: z.string().nullable(),
})
export type Merge = z.infer<typeof merge>

/** Several pairs decided at once. */
export const decisions = z.strictObject({
  decision: z.enum(['merge', 'dismiss']),
  pairs: z
    .array(z.strictObject({ personId: z.uuid(), otherId: z.uuid() }))
    .min(1)
    .max(100),
})
export const decided = z.object({
  done: z.number().int(),
  failed: z.array(z.object({ personId: z.uuid(), otherId: z.uuid(), code: z.string() })),
})
export type Decided = z.infer<typeof decided>

/** How often people agreed with a rule. */
export const ruleStanding = z.object({
  rule: z.string(),
  open: z.number().int(),
  merged: z.number().int(),
  dismissed: z.number().int(),
  /** Merged of all decided; null while nothing was decided. */
  precision: z.number().nullable(),
})
export type RuleStanding = z.infer<typeof ruleStanding>

export const scan = z.object({
  state: z.enum(['running', 'done', 'stopped']),
  phase: z.enum(['index', 'learn', 'compare']),
  /** Where it goes on after a break. */
  position: z.string().nullable(),
  cards: z.number().int(),
  pairs: z.number().int(),
  found: z.number().int(),
  /** Share of the phase that is done, 0 to 1. */
  progress: z.number(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
})
export type Scan = z.infer<typeof scan>

const share = z.number().min(0.01).max(0.999_999)
export const matchingSettings = z.strictObject({ auto: share, review: share, joinsByItself: z.boolean() })
export type MatchingSettings = z.infer<typeof matchingSettings>

/** Thresholds that are tried out before they are set. */
export const trialQuery = z.object({ auto: z.coerce.number().pipe(share), review: z.coerce.number().pipe(share) })

const pile = z.object({
  /** Pairs that people joined, and that they said are two. */
  merged: z.number().int(),
  dismissed: z.number().int(),
  /** That wait for a decision now. */
  open: z.number().int(),
})
/** Where thresholds would have put the pairs that people have decided, and those that wait. What Okno joined by itself is no decision of people. */
export const trial = z.object({ auto: pile, review: pile, no: pile })
export type Trial = z.infer<typeof trial>

export const matching = matchingSettings.extend({
  learnedAt: z.date().nullable(),
  /** Cards that the weights were learned from; 0 = assumed weights. */
  learnedFrom: z.number().int(),
  scan: scan.nullable(),
  rules: z.array(ruleStanding),
  can: z.object({ edit: z.boolean() }),
})
export type Matching = z.infer<typeof matching>

export const identityPatch = z.strictObject({ shared: z.boolean() })
export const identityMove = z.strictObject({ toPersonId: z.uuid() })
