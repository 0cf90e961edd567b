import { sql } from 'kysely'
import type { FieldOption, Label } from '#platform/shared/objects/object'
import type { Row, Sql } from './source.ts'

/** A field that is a column of the object's own table. */
export const column = (name: string): { one: (row: Row) => Sql } => ({
  one: (row) => sql`${row}.${sql.ref(name)}`,
})

/** A name in both languages. */
export const named = (en: string, ru: string): Label => ({ en, ru })

/** A choice that is offered. */
export const option = (key: string, en: string, ru: string): FieldOption => ({
  key,
  label: named(en, ru),
  isArchived: false,
})
