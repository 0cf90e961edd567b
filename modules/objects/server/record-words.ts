import { rightsOf } from '#platform/server/objects/catalogue'
import type { FieldSource } from '#platform/server/objects/source'
import { roles } from '#platform/shared/actor'
import type { CustomValues } from '../contract/index.ts'

const [EVERYBODY] = roles

/** Names of values that some role may not read. Search is one for all: who is found by such a value would tell what it is. */
export const closedKeys = (fields: readonly FieldSource[]): ReadonlySet<string> =>
  new Set(
    fields.flatMap((field) => ('json' in field.read && rightsOf(field).read !== EVERYBODY ? [field.read.json] : [])),
  )

/** What a record is found by beside its name: its texts, one on a line. */
export const wordsOf = (custom: CustomValues, closed: ReadonlySet<string>): string =>
  Object.entries(custom)
    .flatMap(([key, value]) => (typeof value === 'string' && !closed.has(key) ? [value] : []))
    .join('\n')
