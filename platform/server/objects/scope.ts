import { sql } from 'kysely'
import { containsAnyKey, containsKey } from './list-tests.ts'
import type { BehaviourSource, FieldSource, ForeignKey, Owns, RelationSource, Row, SourceScope, Sql } from './source.ts'

export const scopeOfSource = ({ fields = [], relations = [] }: BehaviourSource): SourceScope => ({ fields, relations })

export function fieldIn(scope: SourceScope, key: string): FieldSource {
  const found = scope.fields.find((field) => field.key === key)
  if (!found) throw new Error(`There is no field ${key}.`)
  return found
}

export function relationIn(scope: SourceScope, key: string): RelationSource {
  const found = scope.relations?.find((relation) => relation.key === key)
  if (!found) throw new Error(`There is no relation ${key}.`)
  return found
}

/** True of a foreign key that holds this id. */
export const isNamed = (key: ForeignKey, id: Sql): Sql =>
  'json' in key ? containsKey(key.custom, key.json, id) : sql`${key} = ${id}`

/** Which foreign keys name the object of this row, or one that is shown as it: for rows that are read one object at a time. */
export const ownsOf =
  ({ shownAs, table }: SourceScope, row: Row): Owns =>
  (key) => {
    if (!shownAs || !table) return isNamed(key, sql`${row}.id`)
    const joined = sql.ref('joined')
    const ids = sql`select ${row}.id union all select ${joined}.id from ${table} as ${joined}
      where ${joined}.workspace_id = ${row}.workspace_id and ${shownAs(joined)} = ${row}.id`
    return 'json' in key ? containsAnyKey(key.custom, key.json, ids) : sql`${key} = any(array(${ids}))`
  }

export function customOf(scope: SourceScope, row: Row): Sql {
  if (!scope.custom) throw new Error('This object has no custom values.')
  return scope.custom(row)
}

/** The rows that belong to an object, as a statement over its row. */
export type Rows = (row: Row, owns: Owns) => Sql

/** Rows that belong to an object; `joined`: also those to which it comes over one that was joined to another. */
export interface Ways {
  readonly rows: Rows
  readonly joined?: Rows
}
