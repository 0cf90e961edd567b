import { type RawBuilder, sql } from 'kysely'
import type { Family } from '#platform/shared/objects/field-types'
import type { Sql } from './source.ts'
import type { Bound, Scalar, Test } from './test.ts'
import { headOf, type ValueSql } from './value-sql.ts'

export type Predicate = RawBuilder<boolean>

const isWritten = (family: Family) => family === 'text' || family === 'address'

/** The text in lower case, as every comparison of texts reads it. */
export const folded = ({ value, isFolded }: ValueSql): Sql => (isFolded ? value : sql`lower(${value})`)

/**
 * A test of one value as SQL: true or not true (false or null). An empty value fails every test but `empty`. `matches` says the same in
 * memory.
 */
export function predicate(test: Test, operand: ValueSql, family: Family): Predicate {
  const { value } = operand
  switch (test.is) {
    case 'empty':
      return isWritten(family) ? sql`coalesce(${value}, '') = ''` : sql`${value} is null`
    case 'among':
      return among(test.values, operand, family)
    case 'all_of': {
      // One value is all of a list only when the list names nothing else.
      const each = test.values.map((one) => among([one], operand, family))
      return sql`(${sql.join(each, sql` and `)})`
    }
    case 'like':
      return like(test.part, test.isStart, operand)
    case 'range': {
      const { from, to, currency } = test
      const parts = [
        ...(currency === undefined ? [] : [sql`${operand.currency} = ${currency}`]),
        ...(from ? [sql`${value} ${sql.raw(from.isIncluded ? '>=' : '>')} ${parameter(from, operand)}`] : []),
        ...(to ? [sql`${value} ${sql.raw(to.isIncluded ? '<=' : '<')} ${parameter(to, operand)}`] : []),
      ]
      return parts.length === 0 ? sql`${value} is not null` : sql`(${sql.join(parts, sql` and `)})`
    }
    case 'anniversary': {
      const monthDay = operand.isText ? sql`substr(${value}, 6)` : sql`to_char(${value}, 'MM-DD')`
      return sql`${monthDay} = any(${test.monthDays}::text[])`
    }
  }
}

const parameter = ({ value }: Bound, { cast }: ValueSql) => sql`${value}::${cast}`

function among(values: readonly Scalar[], operand: ValueSql, family: Family): Predicate {
  if (values.length === 0) return sql`false`
  if (isWritten(family)) {
    const same = sql<boolean>`${folded(operand)} in (${sql.join(values.map((one) => sql`lower(${one})`))})`
    if (!operand.head) return same
    // Follows from the other, and is what an index on request serves.
    return sql`(${operand.head} in (${sql.join(values.map((one) => headOf(sql`${one}`)))}) and ${same})`
  }
  const [only] = values
  return values.length === 1
    ? sql`${operand.value} = ${only}::${operand.cast}`
    : sql`${operand.value} = any(${values}::${operand.cast}[])`
}

/** A beginning this long lies within the head, however its letters change when they become small. */
const SHORT_BEGINNING = 100

function like(part: string, isStart: boolean, operand: ValueSql): Predicate {
  const pattern = `${isStart ? '' : '%'}${escaped(part)}%`
  const fits = sql<boolean>`${folded(operand)} like lower(${pattern})`
  return operand.head && isStart && part.length <= SHORT_BEGINNING
    ? sql`(${operand.head} like lower(${pattern}) and ${fits})`
    : fits
}

const escaped = (part: string) => part.replaceAll(/[\\%_]/g, (special) => `\\${special}`)

/** The answer turned round; what is unknown to SQL counts as no. */
export const isNot = (one: Predicate): Predicate => sql`(${one}) is not true`
