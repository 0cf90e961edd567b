import { z } from 'zod'

/** A key by which a program acts for its operator. The key itself is shown once, when it is made. */
export const apiKey = z.object({
  id: z.uuid(),
  name: z.string(),
  /** First characters, to tell keys apart. */
  start: z.string(),
  createdAt: z.date(),
  /** Exact to a minute. */
  lastUsedAt: z.date().nullable(),
  /** Given by OKNO_API_KEY: it is changed there, not here. */
  isFixed: z.boolean(),
  /** Tools that it is for, and nothing else; null = the whole API. */
  tools: z.array(z.string()).nullable(),
})
export type ApiKey = z.infer<typeof apiKey>

export const apiKeyDraft = z.strictObject({
  name: z.string().trim().min(1).max(32),
  tools: z
    .array(z.string().regex(/^[a-z_]{1,50}$/))
    .min(1)
    .max(50)
    .optional(),
})

export const createdApiKey = apiKey.extend({ key: z.string() })
