import { sql } from 'kysely'
import type { BehaviourSource, FieldSource, Owns, RelationSource, Row, SourceScope, Sql } from './source.ts'

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
export const isNamed = (key: Sql, id: Sql): Sql => sql`${key} = ${id}`

/** Which foreign keys name the object of this row, or one that is shown as it: for rows that are read one object at a time. */
export const ownsOf =
  ({ shownAs, table }: SourceScope, row: Row): Owns =>
  (key) => {
    if (!shownAs || !table) return isNamed(key, sql`${row}.id`)
    const joined = sql.ref('joined')
    const ids = sql`select ${row}.id union all select ${joined}.id from ${table} as ${joined}
      where ${joined}.workspace_id = ${row}.workspace_id and ${shownAs(joined)} = ${row}.id`
    return sql`${key} = any(array(${ids}))`
  }

export function customOf(scope: SourceScope, row: Row): Sql {
  if (!scope.custom) throw new Error('This object has no custom values.')
  return scope.custom(row)
}

/** The rows that belong to an object: where they are read, and what is true of them over its row. */
export type Rows = (row: Row, owns: Owns) => { readonly from: Sql; readonly where: Sql }

/** Rows that belong to an object; `joined`: also those to which it comes over one that was joined to another. */
export interface Ways {
  readonly rows: Rows
  readonly joined?: Rows
  /** Over what own values name: the planner cannot know how much of that an object has. */
  readonly isByReference?: boolean
}
