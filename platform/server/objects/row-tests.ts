import { sql } from 'kysely'
import type { Family } from '#platform/shared/objects/field-types'
import { isNot, type Predicate, predicate } from './predicate.ts'
import type { Test } from './test.ts'
import type { ValueSql } from './value-sql.ts'

/** A test of one of many rows; `isNot` turns it round. */
export interface RowTest {
  readonly test: Test
  readonly isNot?: boolean
}

export const predicateOf = ({ test, isNot: turned }: RowTest, operand: ValueSql, family: Family) =>
  turned ? isNot(predicate(test, operand, family)) : predicate(test, operand, family)

/** A field of many values: empty = none that is not empty; all of = each is there; anything else = one fits. */
export function someRow(test: Test, exists: (one: RowTest) => Predicate): Predicate {
  if (test.is === 'empty') return isNot(exists({ test, isNot: true }))
  if (test.is !== 'all_of') return exists({ test })
  const each = test.values.map((value) => exists({ test: { is: 'among', values: [value] } }))
  return sql`(${sql.join(each, sql` and `)})`
}
