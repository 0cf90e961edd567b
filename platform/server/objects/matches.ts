import type { Family, Value } from '#platform/shared/objects/field-types'
import type { Bound, Scalar, Test } from './test.ts'
import { MOMENT_LENGTH } from './value-sql.ts'

const isWritten = (family: Family) => family === 'text' || family === 'address'

/** Lower case letter by letter, as PostgreSQL does it: it knows no final sigma and makes one letter of one. */
export const fold = (text: string): string =>
  Array.from(text, (letter) => (letter === 'İ' ? 'i' : letter.toLowerCase())).join('')

/** What of a stored value is compared: the amount of money, the words of an address. Null when it is empty, or of another form than its field. */
export function comparedOf(value: Value | undefined, family: Family): Scalar | null {
  if (value === null || value === undefined) return null
  const part =
    typeof value !== 'object' ? value : 'amount' in value ? value.amount : 'text' in value ? value.text : null
  const isWhole = typeof value !== 'object'
  switch (family) {
    case 'number':
      return isWhole && typeof part === 'number' ? part : null
    case 'money':
      return !isWhole && typeof part === 'number' ? part : null
    case 'boolean':
      return typeof part === 'boolean' ? part : null
    case 'address':
      return !isWhole && typeof part === 'string' ? part : null
    case 'date':
    case 'time':
    case 'datetime':
      return isWhole && typeof part === 'string' && Array.from(part).length <= MOMENT_LENGTH ? part : null
    default:
      return isWhole && typeof part === 'string' ? part : null
  }
}

/** A test of one value in memory: the same answer as `predicate` gives in SQL. */
export function matches(test: Test, value: Value | undefined, family: Family): boolean {
  const compared = comparedOf(value, family)
  if (test.is === 'empty') return compared === null || (isWritten(family) && compared === '')
  if (compared === null) return false
  switch (test.is) {
    case 'among':
      return test.values.some((one) => isSame(one, compared, family))
    case 'all_of':
      return test.values.every((one) => isSame(one, compared, family))
    case 'like': {
      const text = fold(String(compared))
      return test.isStart ? text.startsWith(fold(test.part)) : text.includes(fold(test.part))
    }
    case 'range': {
      const isOther = test.currency !== undefined && currencyOf(value) !== test.currency
      return !isOther && isAbove(compared, test.from) && isBelow(compared, test.to)
    }
    case 'anniversary':
      return test.monthDays.includes(String(compared).slice('2027-'.length))
  }
}

const currencyOf = (value: Value | undefined) =>
  typeof value === 'object' && value !== null && 'currency' in value ? value.currency : undefined

const isSame = (one: Scalar, other: Scalar, family: Family) =>
  isWritten(family) ? fold(String(one)) === fold(String(other)) : one === other

const isAbove = (value: Scalar, bound: Bound | undefined) =>
  !bound || value > bound.value || (bound.isIncluded && value === bound.value)
const isBelow = (value: Scalar, bound: Bound | undefined) =>
  !bound || value < bound.value || (bound.isIncluded && value === bound.value)
