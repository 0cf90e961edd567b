import { z } from 'zod'

/** An index of one own field, as it stands. `problem`: why it could not be built, as the database says it. */
export const fieldIndex = z.object({
  field: z.string(),
  state: z.enum(['building', 'ready', 'failed']),
  problem: z.string().nullable(),
  askedAt: z.date(),
  endedAt: z.date().nullable(),
})
export type FieldIndex = z.infer<typeof fieldIndex>

export const fieldIndexes = z.object({
  items: z.array(fieldIndex),
  /** Fields of this object that can have one. */
  possible: z.array(z.string()),
  /** So many the company may have, over all objects; `used` of them there are. */
  most: z.number().int(),
  used: z.number().int(),
})
export type FieldIndexes = z.infer<typeof fieldIndexes>
