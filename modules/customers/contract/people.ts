import { z } from 'zod'
import { pageQuery } from '#platform/shared/page'
import { consent, instant, note, preference, relation, stageStep, task } from './around.ts'
import { contactChannels } from './kinds.ts'

const stage = z.enum(['lead', 'customer', 'former'])
const name = z.string().trim().min(1).max(300)
const part = z.string().trim().max(100).nullable()
/** Custom values by the keys of their fields. */
const custom = z.record(z.string().max(60), z.json())

/** ты or вы. */
const addressForm = z.enum(['familiar', 'formal'])
/** `09:00-12:00` by the person's own clock. */
const bestTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/)
/** `1985-04-08`, or `--04-08` while the year is unknown. */
const birthday = z
  .string()
  .regex(/^(\d{4}|-)-\d\d-\d\d$/)
  .refine(isDay)

/** One scoped way to recognise a person. `proven` = the channel vouches for it; else somebody typed it. */
export const identity = z.object({
  id: z.uuid(),
  kind: z.enum(['email', 'phone', 'visitor', 'external', 'channel']),
  /** The account whose provider gave the id out; '' = means the same everywhere. */
  scope: z.string(),
  value: z.string(),
  proven: z.boolean(),
  /** Several people use it: it tells nobody from another. */
  shared: z.boolean(),
  /** The card that holds it: another one than the shown when the two were joined. */
  personId: z.uuid(),
  evidence: z.array(z.object({ source: z.string(), at: z.string() }).loose()),
  firstSeenAt: z.date(),
  lastSeenAt: z.date(),
})
export type Identity = z.infer<typeof identity>

/** Parts in the buying centre of a company. */
export const buyingRoles = ['decides', 'influences', 'uses', 'signs', 'pays', 'gatekeeper'] as const
export type BuyingRole = (typeof buyingRoles)[number]

const day = z.iso.date()

export const employment = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  personName: z.string(),
  companyId: z.uuid(),
  companyName: z.string(),
  position: z.string().nullable(),
  roles: z.array(z.enum(buyingRoles)),
  since: day.nullable(),
  until: day.nullable(),
  isMain: z.boolean(),
  /** Does not work there any more. */
  isFormer: z.boolean(),
})
export type Employment = z.infer<typeof employment>

/** What one field says about two cards: how it agrees, with which values, and its weight in bits (above 0 = speaks for one person). */
export const pairEvidence = z.object({
  field: z.string(),
  level: z.string(),
  weight: z.number(),
  a: z.string(),
  b: z.string(),
})
export type PairEvidence = z.infer<typeof pairEvidence>

/** Another card that may be the same person, and what the two have in common. */
export const likeness = z.object({
  personId: z.uuid(),
  name: z.string(),
  reasons: z.array(z.object({ kind: z.string(), value: z.string() })),
  /** 0 to 1; null = not weighed yet. */
  probability: z.number().nullable(),
  evidence: z.array(pairEvidence),
})
export type Likeness = z.infer<typeof likeness>

export const person = z.object({
  id: z.uuid(),
  name: z.string(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  middleName: z.string().nullable(),
  stage,
  ownerId: z.uuid().nullable(),
  locale: z.string().nullable(),
  timeZone: z.string().nullable(),
  city: z.string().nullable(),
  addressForm: addressForm.nullable(),
  preferredChannel: z.string().nullable(),
  bestTime: z.string().nullable(),
  birthday: z.string().nullable(),
  note: z.string(),
  custom,
  /** Channel that opened the card. */
  origin: z.string().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
  identities: z.array(identity),
  can: z.object({ edit: z.boolean() }),
})
export type Person = z.infer<typeof person>

/** The card: the person with everything that stands around it. */
export const personCard = person.extend({
  employments: z.array(employment),
  consents: z.array(consent),
  likenesses: z.array(likeness),
  /** Other cards that are shown as this one. */
  mergedCount: z.number().int(),
  /** The face, to be had at `/people/{id}/photo`; it changes with the picture. */
  photoId: z.uuid().nullable(),
  /** The way through the stages, oldest first. */
  stages: z.array(stageStep),
  preferences: z.array(preference),
  /** Open ones by their time, then those done lately. */
  tasks: z.array(task),
  /** Pinned ones first, then the newest. */
  notes: z.array(note),
  relations: z.array(relation),
})
export type PersonCard = z.infer<typeof personCard>

export const personSummary = z.object({
  id: z.uuid(),
  name: z.string(),
  stage,
  ownerId: z.uuid().nullable(),
  /** The person may not be written to. */
  isRestricted: z.boolean(),
})
export type PersonSummary = z.infer<typeof personSummary>

/** What may be typed about a person. E-mails and phones typed here are claims, not proof. */
export const personDraft = z.strictObject({
  name: name.optional(),
  firstName: part.optional(),
  lastName: part.optional(),
  middleName: part.optional(),
  stage: stage.optional(),
  ownerId: z.uuid().nullable().optional(),
  locale: z.string().max(20).nullable().optional(),
  timeZone: z.string().max(60).nullable().optional(),
  city: z.string().trim().max(200).nullable().optional(),
  addressForm: addressForm.nullable().optional(),
  preferredChannel: z.enum(contactChannels).nullable().optional(),
  bestTime: bestTime.nullable().optional(),
  birthday: birthday.nullable().optional(),
  note: z.string().max(20_000).optional(),
  custom: custom.optional(),
  emails: z.array(z.email().max(254)).max(20).optional(),
  phones: z.array(z.string().trim().min(3).max(40)).max(20).optional(),
  companyIds: z.array(z.uuid()).max(50).optional(),
})
export type PersonDraft = z.infer<typeof personDraft>
/** As a draft; a change of stage may say why. */
export const personPatch = personDraft.extend({ stageReason: z.string().trim().max(500).optional() })
export type PersonPatch = z.infer<typeof personPatch>

/** A day that exists; without a year the 29th of February does too. */
function isDay(text: string): boolean {
  const [year, rest] = text.startsWith('-') ? ['2000', text.slice(2)] : [text.slice(0, 4), text.slice(5)]
  const day = new Date(`${year}-${rest}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(`${year}-${rest}`)
}

export const timelineEntry = z.object({
  id: z.uuid(),
  at: z.date(),
  kind: z.string(),
  object: z.string().nullable(),
  objectId: z.uuid().nullable(),
  data: z.record(z.string(), z.unknown()),
})
export type TimelineEntry = z.infer<typeof timelineEntry>

/** `q` finds by part of a name, number or address and by word forms of the note, best first; else sorted. */
export const peopleQuery = pageQuery.extend({
  q: z.string().max(200).optional(),
  /** `newest`, or a field, `-` before it turning the order; several with commas. */
  sort: z.string().max(300).default('newest'),
  /** A condition as JSON. */
  filter: z.string().max(20_000).optional(),
  stage: stage.optional(),
  ownerId: z.uuid().optional(),
  companyId: z.uuid().optional(),
})
export type PeopleQuery = z.infer<typeof peopleQuery>

/** What is left out stays; null empties. Who comes back to a company gets `until: null`. */
export const employmentDraft = z.strictObject({
  position: z.string().trim().max(200).nullable().optional(),
  /** Their part when the company decides to buy. */
  roles: z.array(z.enum(buyingRoles)).max(buyingRoles.length).optional(),
  since: day.nullable().optional(),
  /** The last day; one that is over makes the person a former colleague. */
  until: day.nullable().optional(),
  /** The first to turn to: one for each company. */
  isMain: z.boolean().optional(),
})
export type EmploymentDraft = z.infer<typeof employmentDraft>

/** Kinds of things that `GET /search` looks through. */
export const searchObjects = ['person', 'company'] as const

/** One thing found: enough to recognise and open it. */
export const found = z.object({ object: z.enum(searchObjects), id: z.uuid(), name: z.string(), detail: z.string() })
export type Found = z.infer<typeof found>

/**
 * A person's timeline. `at` begins at a moment and goes back from there; `towards=newer` goes on from a cursor the other way. With `q` an answer
 * may hold few entries or none and yet go on: it looks through a bounded stretch at a time.
 */
export const timelineQuery = pageQuery.extend({
  /** Kinds with commas between them. */
  kinds: z
    .string()
    .regex(/^[a-z_]+\.[a-z_]+(,[a-z_]+\.[a-z_]+){0,39}$/)
    .optional(),
  q: z.string().trim().min(2).max(100).optional(),
  at: instant.optional(),
  towards: z.enum(['older', 'newer']).default('older'),
})
export type TimelineQuery = z.infer<typeof timelineQuery>

export const timelinePage = z.object({
  /** Newest first, in either direction. */
  items: z.array(timelineEntry),
  /** Older ones; null = there are none. */
  nextCursor: z.string().nullable(),
  /** Newer ones; null = there are none. */
  previousCursor: z.string().nullable(),
  /** With `q`: everything after this moment has been looked through. */
  searchedTo: z.date().nullable(),
})
export type TimelinePage = z.infer<typeof timelinePage>
