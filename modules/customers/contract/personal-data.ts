import { z } from 'zod'

/** Why somebody is erased. `repeated` = after an older backup was restored. */
export const erasureGrounds = ['request', 'withdrawn', 'purpose_reached', 'unlawful', 'repeated'] as const
const ground = z.enum(erasureGrounds)

export const erasureDraft = z.strictObject({
  /** The person's name as it is shown, typed by hand: nobody is erased by a slip. */
  name: z.string().max(300),
  ground: ground.exclude(['repeated']),
  /** Where the demand is filed, such as a number. It is kept, so it must not name the person. */
  note: z.string().trim().max(200).default(''),
})
export type ErasureDraft = z.infer<typeof erasureDraft>

/** The proof that somebody was erased. Nothing in it tells who. */
export const erasure = z.object({
  id: z.uuid(),
  /** The anonymous card that is left. */
  personId: z.uuid(),
  erasedAt: z.date(),
  operatorName: z.string(),
  ground,
  note: z.string(),
  /** Rows emptied or removed, by table. */
  counts: z.record(z.string(), z.number().int()),
  /** How many addresses, numbers and ids are known by their hashes. */
  identityCount: z.number().int(),
  /** When the search for leftovers ended; null while it goes on. */
  checkedAt: z.date().nullable(),
  /** Rows of others that still name the person. */
  mentions: z.array(z.object({ table: z.string(), rows: z.number().int() })).nullable(),
})
export type Erasure = z.infer<typeof erasure>

/** Was this address, number or id ever erased? */
export const erasureQuestion = z.strictObject({ value: z.string().trim().min(1).max(500) })

/** A proof as it leaves the installation, to be kept beside backups: with it the same people are erased again after an older one was restored. */
export const keptErasure = z.strictObject({
  id: z.uuid(),
  cards: z.array(z.uuid()).max(1000),
  erasedAt: z.iso.datetime(),
  identities: z.array(z.base64url().max(64)).max(1000),
})
export type KeptErasure = z.infer<typeof keptErasure>
export const keptErasures = z.strictObject({ items: z.array(keptErasure).max(5000) })

export const repeated = z.object({
  /** People who were there again and are erased now. */
  erased: z.number().int(),
})

export const restrictionDraft = z.strictObject({ reason: z.string().trim().max(200).default('') })

/** How far a person's data may be used. */
export const dataStanding = z.object({
  restrictedAt: z.date().nullable(),
  restrictedReason: z.string().nullable(),
  erasedAt: z.date().nullable(),
})
export type DataStanding = z.infer<typeof dataStanding>
