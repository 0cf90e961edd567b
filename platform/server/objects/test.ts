import type { ConditionValue, FieldCondition, OneValue, Span } from '#platform/shared/objects/condition'
import type { Family, Money } from '#platform/shared/objects/field-types'
import { type Field, familyOfField } from '#platform/shared/objects/object'
import { ME, type Operator, type Period, POSITIVE } from '#platform/shared/objects/operators'
import {
  type Clock,
  type Days,
  dayAway,
  daysOf,
  type Instants,
  instantAway,
  instantsOf,
  justAfter,
  monthDaysAhead,
  today,
} from './moments.ts'
import { normalisePhone } from './phone.ts'

/** Who asks, when and where: what words like "me" and "today" mean. */
export interface Asker extends Clock {
  /** Null for Okno itself, to whom nothing belongs. */
  readonly operatorId: string | null
}

export type Scalar = string | number | boolean

/** One end of a range. */
export interface Bound {
  readonly value: string | number
  readonly isIncluded: boolean
}

/**
 * What is asked of one value, after dates, periods and "me" were resolved. All operators come down to these few, so that SQL and memory
 * have little to disagree about: each reads exactly these.
 */
export type Test =
  | { readonly is: 'empty' }
  | { readonly is: 'among'; readonly values: readonly Scalar[] }
  /** Of a field of many values: each of these is one of them. */
  | { readonly is: 'all_of'; readonly values: readonly Scalar[] }
  /** A text holds, or begins with, a part; capitals do not matter. */
  | { readonly is: 'like'; readonly part: string; readonly isStart: boolean }
  /** With a currency: of amounts in that currency only. */
  | { readonly is: 'range'; readonly from?: Bound; readonly to?: Bound; readonly currency?: string }
  /** A date falls on one of these `MM-DD`, in whatever year. */
  | { readonly is: 'anniversary'; readonly monthDays: readonly string[] }

export interface AskedTest {
  readonly test: Test
  /** The answer is turned round. */
  readonly isNegative: boolean
}

/** Resolves a checked field condition. */
export function askedTest(
  field: Pick<Field, 'type' | 'result'>,
  { op, value }: FieldCondition,
  asker: Asker,
): AskedTest {
  const positive = POSITIVE[op]
  const test = testOf(familyOfField(field), positive ?? op, value, asker)
  return { test: field.type === 'phone' ? asPhones(test) : test, isNegative: positive !== undefined }
}

function testOf(family: Family, op: Operator, value: ConditionValue | undefined, asker: Asker): Test {
  if (op === 'empty') return { is: 'empty' }
  if (op === 'contains' || op === 'starts') return { is: 'like', part: String(value), isStart: op === 'starts' }
  if (op === 'in') return { is: 'among', values: scalars(value, asker) }
  if (op === 'has_all') return { is: 'all_of', values: scalars(value, asker) }
  if (op === 'anniversary') return { is: 'anniversary', monthDays: monthDaysAhead(asker, Number(value)) }
  // The check has seen to it that each family comes with values of its own.
  if (family === 'money') return moneyRange(op, value as Money | { from: Money; to: Money })
  if (family === 'datetime') return instantRange(op, value, asker)
  if (op === 'eq') return { is: 'among', values: scalars([value as OneValue], asker) }
  if (family === 'date') return dateRange(op, value, asker)
  return range(op, value as Scalar | { from: Scalar; to: Scalar })
}

/** "Me" becomes the operator who asks; for Okno itself it is nobody. */
function scalars(value: ConditionValue | undefined, { operatorId }: Asker): Scalar[] {
  return (value as Scalar[]).map((one) => (one === ME ? operatorId : one)).filter((one) => one !== null)
}

/** Whole numbers are compared as they are stored, however they were written; parts of them as they are. */
const asPhones = (test: Test): Test =>
  test.is === 'among' ? { ...test, values: test.values.map((one) => normalisePhone(String(one)) ?? one) } : test

type Ends<Value> = Value | { from: Value; to: Value }
const isRange = <Value>(value: Ends<Value>): value is { from: Value; to: Value } =>
  typeof value === 'object' && value !== null && 'from' in value

function range(op: Operator, value: Ends<Scalar>): Test {
  const bound = (one: Scalar, isIncluded: boolean): Bound => ({
    value: typeof one === 'number' ? one : String(one),
    isIncluded,
  })
  if (isRange(value)) return { is: 'range', from: bound(value.from, true), to: bound(value.to, true) }
  switch (op) {
    case 'lt':
    case 'lte':
      return { is: 'range', to: bound(value, op === 'lte') }
    case 'gt':
    case 'gte':
      return { is: 'range', from: bound(value, op === 'gte') }
    default:
      return { is: 'range', from: bound(value, true), to: bound(value, true) }
  }
}

function moneyRange(op: Operator, value: Ends<Money>): Test {
  if (!isRange(value)) return { ...range(op, value.amount), currency: value.currency } as Test
  const ends = { from: value.from.amount, to: value.to.amount }
  return { ...range(op, ends), currency: value.from.currency } as Test
}

function dateRange(op: Operator, value: ConditionValue | undefined, clock: Clock): Test {
  const now = today(clock).toString()
  switch (op) {
    case 'last':
      return range('between', { from: dayAway(clock, value as Span, -1).toString(), to: now })
    case 'next':
      return range('between', { from: now, to: dayAway(clock, value as Span, 1).toString() })
    case 'ago':
      return range('lt', dayAway(clock, value as Span, -1).toString())
    case 'ahead':
      return range('gt', dayAway(clock, value as Span, 1).toString())
    case 'during': {
      const { from, to } = daysOf(value as Period, clock)
      return range('between', { from: from.toString(), to: to.toString() })
    }
    default:
      return range(op, value as Ends<string>)
  }
}

/** All instants become "from … until before …" on whole milliseconds: finer parts, which PostgreSQL keeps, cannot change the answer. */
function instantRange(op: Operator, value: ConditionValue | undefined, clock: Clock): Test {
  return instantTest(instantsAsked(op, value, clock))
}

export function instantTest({ from, until }: Instants): Extract<Test, { is: 'range' }> {
  return {
    is: 'range',
    ...(from ? { from: { value: from.toISOString(), isIncluded: true } } : {}),
    ...(until ? { to: { value: until.toISOString(), isIncluded: false } } : {}),
  }
}

function instantsAsked(op: Operator, value: ConditionValue | undefined, clock: Clock): Instants {
  switch (op) {
    case 'last':
      return { from: instantAway(clock, value as Span, -1), until: justAfter(clock.now) }
    case 'next':
      return { from: clock.now, until: justAfter(instantAway(clock, value as Span, 1)) }
    case 'ago':
      return { until: instantAway(clock, value as Span, -1) }
    case 'ahead':
      return { from: justAfter(instantAway(clock, value as Span, 1)) }
    case 'during':
      return instantsOf(daysOf(value as Period, clock), clock)
  }
  const asked = value as Ends<string>
  const [first, last] = isRange(asked) ? [asked.from, asked.to] : [asked, asked]
  const [start, end] = [instantsOfText(first, clock), instantsOfText(last, clock)]
  switch (op) {
    case 'lt':
      return { until: start.from }
    case 'lte':
      return { until: end.until }
    case 'gt':
      return { from: end.until }
    case 'gte':
      return { from: start.from }
    default:
      return { from: start.from, until: end.until }
  }
}

const DATE_LENGTH = '2027-01-31'.length

/** A date is its whole day, a moment is its millisecond. */
function instantsOfText(text: string, clock: Clock): { from: Date; until: Date } {
  if (text.length > DATE_LENGTH) return { from: new Date(text), until: justAfter(new Date(text)) }
  const day = Temporal.PlainDate.from(text)
  const days: Days = { from: day, to: day }
  const { from, until } = instantsOf(days, clock)
  if (!from || !until) throw new Error('A day without beginning or end.')
  return { from, until }
}
