import { dateValue, type Value } from '#platform/shared/objects/field-types'
import { fold } from '../matches.ts'
import type { Scalar } from '../test.ts'
import { decimalOf, divide, multiply, numberOf, roundTo } from './decimal.ts'
import { type Formula, type FunctionName, MAX_DAYS, type Operation, RESULT_SCALE, type Step } from './formula.ts'

type Result = bigint | string | boolean | null

interface Given {
  /** The value of a field as it is compared: of money the amount; null when it is empty or of another form. */
  readonly fields: (key: string) => Scalar | null
  /** `YYYY-MM-DD` in the workspace's time zone. */
  readonly today: string
}

/** What a formula gives for these fields: the same as `compileFormula` gives in SQL. Null = empty. */
export function evaluateFormula({ root }: Formula, given: Given): Value {
  const result = run(root, given)
  return typeof result === 'bigint' ? numberOf(roundTo(result, RESULT_SCALE)) : result
}

function run(step: Step, given: Given): Result {
  switch (step.step) {
    case 'number':
      return decimalOf(step.value)
    case 'text':
    case 'boolean':
      return step.value
    case 'field':
      return resultOf(given.fields(step.key), step)
    case 'negate': {
      const value = run(step.of, given)
      return typeof value === 'bigint' ? -value : null
    }
    case 'not': {
      const value = run(step.of, given)
      return value === null ? null : value !== true
    }
    case 'operation':
      return operate(step.op, run(step.left, given), run(step.right, given))
    case 'call':
      return call(step.name, step.given, given)
  }
}

function resultOf(value: Scalar | null, { type }: Step): Result {
  if (typeof value === 'number') return decimalOf(value)
  return type === 'date' && !dateValue.safeParse(value).success ? null : value
}

function operate(op: Operation, left: Result, right: Result): Result {
  if (op === '&') return `${left ?? ''}${right ?? ''}`
  if (op === 'and') return left === false || right === false ? false : left === null || right === null ? null : true
  if (op === 'or') return left === true || right === true ? true : left === null || right === null ? null : false
  if (left === null || right === null) return null
  if (typeof left === 'bigint' && typeof right === 'bigint') {
    if (op === '+') return left + right
    if (op === '-') return left - right
    if (op === '*') return multiply(left, right)
    if (op === '/') return divide(left, right)
  }
  const [a, b] = typeof left === 'string' ? [fold(left), fold(String(right))] : [left, right]
  switch (op) {
    case '=':
      return a === b
    case '<>':
      return a !== b
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    default:
      return a >= b
  }
}

function call(name: FunctionName, steps: readonly Step[], given: Given): Result {
  const value = (i: number): Result => {
    const step = steps[i]
    return step ? run(step, given) : null
  }
  switch (name) {
    case 'if':
      return value(0) === true ? value(1) : value(2)
    case 'today':
      return given.today
    case 'is_empty': {
      const one = value(0)
      return one === null || one === ''
    }
    case 'coalesce':
      return steps.map((step) => run(step, given)).find((one) => one !== null) ?? null
    case 'min':
    case 'max': {
      const known = steps.map((step) => run(step, given)).filter((one) => one !== null)
      return known.reduce<Result>((best, one) => (best === null || one < best === (name === 'min') ? one : best), null)
    }
  }
  const [one, other] = [value(0), value(1)]
  if (one === null || (steps.length > 1 && other === null)) return null
  switch (name) {
    case 'abs':
      return typeof one === 'bigint' && one < 0n ? -one : one
    case 'round':
      return roundTo(one as bigint, numberOf(other as bigint))
    case 'lower':
      return fold(one as string)
    case 'length':
      return decimalOf(Array.from(one as string).length)
    case 'year':
      return decimalOf(Number((one as string).slice(0, 4)))
    case 'days_between': {
      const [from, to] = [Temporal.PlainDate.from(one as string), Temporal.PlainDate.from(other as string)]
      return decimalOf(from.until(to, { largestUnit: 'days' }).days)
    }
    case 'add_days': {
      const days = numberOf(roundTo(other as bigint, 0))
      return Math.abs(days) > MAX_DAYS
        ? null
        : Temporal.PlainDate.from(one as string)
            .add({ days })
            .toString()
    }
  }
}
