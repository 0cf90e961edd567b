import { sql } from 'kysely'
import type { Predicate } from './predicate.ts'
import type { Sql } from './source.ts'
import type { Test } from './test.ts'

/** Families whose custom values are equal exactly when their JSON is. */
export const CONTAINABLE = { choice: true, reference: true, boolean: true }

/** The index leaves out objects without custom values, so the statement says that it does not ask for them. */
export const contains = (custom: Sql, parts: readonly object[]): Predicate =>
  sql`(${custom} <> '{}'::jsonb and (${sql.join(
    parts.map((part) => sql`${custom} @> ${JSON.stringify(part)}::jsonb`),
    sql` or `,
  )}))`

/** A test of the choices in a custom value. */
export function jsonListTest(test: Test, custom: Sql, key: string): Predicate {
  switch (test.is) {
    case 'empty':
      return sql`(jsonb_typeof(${custom} -> ${sql.lit(key)}) is distinct from 'array' or ${custom} -> ${sql.lit(key)} = '[]'::jsonb)`
    case 'among':
      return contains(
        custom,
        test.values.map((value) => ({ [key]: [value] })),
      )
    case 'all_of':
      return contains(custom, [{ [key]: test.values }])
    default:
      throw new Error(`A list of choices is not asked by ${test.is}.`)
  }
}

/** A test of the words in an array column. The index leaves out rows without any, so the statement says that it does not ask for them. */
export function arrayTest(test: Test, array: Sql): Predicate {
  switch (test.is) {
    case 'empty':
      return sql`cardinality(coalesce(${array}, '{}')) = 0`
    case 'among':
      return sql`(${array} <> '{}'::text[] and ${array} && ${test.values}::text[])`
    case 'all_of':
      return sql`(${array} <> '{}'::text[] and ${array} @> ${test.values}::text[])`
    default:
      throw new Error(`A list of words is not asked by ${test.is}.`)
  }
}
