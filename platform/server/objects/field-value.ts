import { familyOfField } from '#platform/shared/objects/object'
import { compileFormula } from './formula/compile-formula.ts'
import { type Clock, today } from './moments.ts'
import { customOf, fieldIn } from './scope.ts'
import type { FieldSource, Row, SourceScope } from './source.ts'
import { castOf, jsonValue, type ValueSql } from './value-sql.ts'

/** The value of a field over a row; null for a field of many values. */
export function compileField(field: FieldSource, scope: SourceScope, row: Row, clock: Clock): ValueSql | null {
  const { read } = field
  const family = familyOfField(field)
  if ('json' in read) return field.type === 'multi_choice' ? null : jsonValue(customOf(scope, row), read.json, family)
  if ('formula' in read) {
    const value = compileFormula(read.formula, {
      value: (key) => compileField(fieldIn(scope, key), scope, row, clock),
      today: today(clock).toString(),
    })
    return { value, cast: castOf(family) }
  }
  if (!('one' in read)) return null
  return {
    value: read.one(row),
    cast: castOf(family),
    ...(read.currency ? { currency: read.currency(row) } : {}),
    ...(field.isFolded ? { isFolded: true } : {}),
  }
}
