import { z } from 'zod'

/** One device on which an operator is signed in. */
export const session = z.object({
  id: z.uuid(),
  /** What the browser says it is (User-Agent). */
  device: z.string().nullable(),
  /** IP address from which it signed in. */
  address: z.string().nullable(),
  createdAt: z.date(),
  /** Exact to a day. */
  lastUsedAt: z.date(),
  isCurrent: z.boolean(),
})
export type Session = z.infer<typeof session>
