import { z } from 'zod'

/** Somebody of a household. `part`: who they are to the others, in free words. */
const member = z.object({ personId: z.uuid(), name: z.string(), part: z.string().nullable() })

/** People who live or buy together, with the addresses that several of them use. Without members = there is no household. */
export const household = z.object({
  members: z.array(member),
  shared: z.array(z.object({ kind: z.string(), value: z.string() })),
})
export type Household = z.infer<typeof household>

export const householdMember = z.strictObject({ part: z.string().trim().max(100).nullable().optional() })
export type HouseholdMember = z.infer<typeof householdMember>
