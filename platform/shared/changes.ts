import { z } from 'zod'

/** Longer values, in letters of JSON, are named and not repeated: a note of a book's length would be kept twice in each event. */
const MAX_VALUE = 4000

const change = z.object({
  before: z.unknown().optional(),
  after: z.unknown().optional(),
})

/** Fields that changed, by the names that the API gives them. Values are left out where nobody knows them any more, or they are too long. */
export const changes = z.record(z.string(), change)
export type Changes = z.infer<typeof changes>

/** Both sides of each of `fields` that differs. Own values, `custom`, are told one by one as `custom.<key>`. */
export function changesBetween<Thing extends object>(
  before: Thing,
  after: Thing,
  fields: readonly (keyof Thing & string)[],
): Changes {
  const changed = fields.flatMap((field) =>
    field === 'custom'
      ? differences(valuesOf(before[field]), valuesOf(after[field]), 'custom.')
      : differences({ [field]: before[field] }, { [field]: after[field] }),
  )
  return Object.fromEntries(changed)
}

/** These fields changed, and no more is known of it. */
export const changedOnly = (...fields: readonly string[]): Changes =>
  Object.fromEntries(fields.map((field) => [field, {}]))

/** Custom keys are anybody's words: `toString` is one too. */
const ownValue = (values: Readonly<Record<string, unknown>>, key: string): unknown =>
  (Object.hasOwn(values, key) ? values[key] : null) ?? null

const valuesOf = (custom: unknown) => ({ ...(custom as Readonly<Record<string, unknown>> | undefined) })

function differences(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  prefix = '',
): [field: string, z.infer<typeof change>][] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => {
    const [was, is] = [ownValue(before, key), ownValue(after, key)]
    const [wasText, isText] = [JSON.stringify(was), JSON.stringify(is)]
    if (wasText === isText) return []
    const isLong = wasText.length > MAX_VALUE || isText.length > MAX_VALUE
    return [[prefix + key, isLong ? {} : { before: was, after: is }]]
  })
}
