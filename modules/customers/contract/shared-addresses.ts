import { z } from 'zod'
import { pageQuery } from '#platform/shared/page'

/** A phone or mailbox on several cards whose names are not one person's: it may be shared (family, office). */
export const sharedAddress = z.object({
  /** One of its identities, and the shown card that holds it: by these it is decided. */
  identityId: z.uuid(),
  personId: z.uuid(),
  kind: z.enum(['phone', 'email']),
  value: z.string(),
  /** Who holds it, the first names by name; `proven`: a channel vouched for it. */
  holders: z.array(z.object({ personId: z.uuid(), name: z.string(), proven: z.boolean(), lastSeenAt: z.date() })),
  /** Of how many people. */
  count: z.number().int(),
})
export type SharedAddress = z.infer<typeof sharedAddress>
export const sharedAddressesQuery = pageQuery

export const sharedDecisions = z.strictObject({
  /** True: several people use them. False: one does, whatever the names. Nobody is asked again. */
  shared: z.boolean(),
  addresses: z
    .array(z.strictObject({ personId: z.uuid(), identityId: z.uuid() }))
    .min(1)
    .max(100),
})
export const sharedDecided = z.object({
  done: z.number().int(),
  failed: z.array(z.object({ identityId: z.uuid(), code: z.string() })),
})
export type SharedDecided = z.infer<typeof sharedDecided>
