import { z } from 'zod'

/** How one part of the product is. `params` fill the sentence that belongs to `code`; the end of a name tells its unit: At, Bytes, Ms, Seconds. */
export const healthPart = z.object({
  /** What it is: `database`, or a module's own such as `channels.account`. */
  part: z.string(),
  /** Tells apart several of one kind, such as accounts; null otherwise. */
  name: z.string().nullable(),
  /** `warning` works but will not for long, or hides something; `off` is not used here. */
  state: z.enum(['ok', 'warning', 'failing', 'off']),
  /** Stable name of what was found: screens have a sentence for it in every language. */
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  /** The sentence in English, with what to do; null while nothing has to be done. */
  detail: z.string().nullable(),
})
export type HealthPart = z.infer<typeof healthPart>

/** Part that works: `code` is `<part>_ok` unless another one says it better. */
export const fine = (part: string, params: HealthPart['params'] = {}, code = `${part}_ok`): HealthPart => ({
  part,
  name: null,
  state: 'ok',
  code,
  params,
  detail: null,
})

/** Part that is not used in this installation. */
export const notUsed = (part: string): HealthPart => ({ ...fine(part, {}, `${part}_off`), state: 'off' })

/** Part that needs somebody. `detail` says in English what is wrong and what to do. */
export const trouble = (
  part: string,
  code: string,
  detail: string,
  { params = {}, state = 'failing' }: { params?: HealthPart['params']; state?: 'warning' | 'failing' } = {},
): HealthPart => ({ part, name: null, state, code, params, detail })

export const healthReport = z.object({
  state: z.enum(['ok', 'warning', 'failing']),
  /** When it was looked at. */
  at: z.date(),
  version: z.string(),
  parts: z.array(healthPart),
})
export type HealthReport = z.infer<typeof healthReport>
