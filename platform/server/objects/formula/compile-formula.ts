import { sql } from 'kysely'
import type { Sql } from '../source.ts'
import type { ValueSql } from '../value-sql.ts'
import {
  type Formula,
  type FormulaType,
  type FunctionName,
  MAX_DAYS,
  type Operation,
  RESULT_SCALE,
  SCALE,
  type Step,
} from './formula.ts'

interface Fields {
  readonly value: (key: string) => ValueSql | null
  /** `YYYY-MM-DD` in the workspace's time zone. */
  readonly today: string
}

/** A formula as one SQL expression of its type. */
export function compileFormula({ root }: Formula, fields: Fields): Sql {
  const result = expression(root, fields)
  return root.type === 'number' ? sql`round(${result}, ${sql.lit(RESULT_SCALE)})` : result
}

function expression(step: Step, fields: Fields): Sql {
  switch (step.step) {
    case 'number':
      return sql`${step.value}::numeric`
    case 'text':
      return sql`${step.value}::text`
    case 'boolean':
      return sql.lit(step.value)
    case 'field':
      return fieldValue(step.key, step.type, fields)
    case 'negate':
      return sql`(- ${expression(step.of, fields)})`
    case 'not':
      return sql`(not ${expression(step.of, fields)})`
    case 'operation':
      return operation(step.op, step.left.type, expression(step.left, fields), expression(step.right, fields))
    case 'call':
      return call(
        step.name,
        step.given.map((one) => expression(one, fields)),
        { type: step.given[0]?.type, today: fields.today },
      )
  }
}

function fieldValue(key: string, type: FormulaType, fields: Fields): Sql {
  const found = fields.value(key)
  if (!found) throw new Error(`${key} has no single value.`)
  const { value, isText } = found
  if (type === 'number') return sql`(${value})::numeric`
  if (type !== 'date') return value
  // A text that is no date is an empty one.
  return isText
    ? sql`(case when ${value} ~ '^[12][0-9]{3}-[0-9]{2}-[0-9]{2}$' and pg_input_is_valid(${value}, 'date') then (${value})::date end)`
    : sql`(${value})::date`
}

const rounded = (value: Sql) => sql`round(${value}, ${sql.lit(SCALE)})`

function operation(op: Operation, type: FormulaType, left: Sql, right: Sql): Sql {
  switch (op) {
    case '*':
      return rounded(sql`${left} * ${right}`)
    case '/':
      // `div` cuts off exactly, so one digit more and then rounding is the exact rounding; `/` would choose a precision of its own.
      return sql`(case when ${right} <> 0 then ${rounded(sql`div(${left} * 1e11, ${right}) * 1e-11`)} end)`
    case '&':
      return sql`(coalesce(${left}, '') || coalesce(${right}, ''))`
    case '=':
    case '<>':
      return type === 'text'
        ? sql`(lower(${left}) ${sql.raw(op)} lower(${right}))`
        : sql`(${left} ${sql.raw(op)} ${right})`
    default:
      return sql`(${left} ${sql.raw(op)} ${right})`
  }
}

function call(
  name: FunctionName,
  given: readonly Sql[],
  { type, today }: { type: FormulaType | undefined; today: string },
): Sql {
  const [one, other, third] = given
  switch (name) {
    case 'if':
      return sql`(case when ${one} then ${other} else ${third} end)`
    case 'coalesce':
      return sql`coalesce(${sql.join(given)})`
    case 'min':
      return sql`least(${sql.join(given)})`
    case 'max':
      return sql`greatest(${sql.join(given)})`
    case 'abs':
      return sql`abs(${one})`
    case 'round':
      return sql`round(${one}, (${other})::int)`
    case 'lower':
      return sql`lower(${one})`
    case 'length':
      return sql`length(${one})::numeric`
    case 'days_between':
      return sql`(${other} - ${one})::numeric`
    case 'add_days':
      return sql`(case when abs(round(${other})) <= ${sql.lit(MAX_DAYS)} then ${one} + round(${other})::int end)`
    case 'today':
      return sql`${today}::date`
    case 'year':
      return sql`extract(year from ${one})`
    case 'is_empty':
      return type === 'text' ? sql`(coalesce(${one}, '') = '')` : sql`(${one} is null)`
  }
}
