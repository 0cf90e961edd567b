import { z } from 'zod'
import { locale } from './locale.ts'

export const workspace = z.object({ id: z.uuid(), name: z.string(), locale, timeZone: z.string() })
export type Workspace = z.infer<typeof workspace>

export const workspacePatch = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    locale,
    timeZone: z.string().max(60).refine(isTimeZone, { message: 'Not a time zone such as Europe/Moscow' }),
  })
  .partial()
export type WorkspacePatch = z.infer<typeof workspacePatch>

/** True for names of the IANA time zone database, such as `Europe/Moscow`. */
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '' && !/^[+-]/.test(name)
  } catch (cause) {
    if (cause instanceof RangeError) return false
    throw cause
  }
}
