import { z } from 'zod'

export const team = z.object({
  id: z.uuid(),
  name: z.string(),
  operatorIds: z.array(z.uuid()),
})
export type Team = z.infer<typeof team>

export const teamDraft = z.strictObject({
  name: z.string().trim().min(1).max(100),
  operatorIds: z.array(z.uuid()).max(1000).default([]),
})
export type TeamDraft = z.infer<typeof teamDraft>

export const teamPatch = z
  .strictObject({ name: z.string().trim().min(1).max(100), operatorIds: z.array(z.uuid()).max(1000) })
  .partial()
export type TeamPatch = z.infer<typeof teamPatch>
