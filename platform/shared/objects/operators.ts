import type { Family } from './field-types.ts'

/**
 * What can be asked of a field. Every operator answers yes or no, never "unknown": an empty field satisfies `empty` and the negative ones
 * (`ne`, `not_contains`, `not_in`), and nothing else.
 */
export const operators = [
  'eq',
  'ne',
  'in',
  'not_in',
  'has_all',
  'contains',
  'not_contains',
  'starts',
  'lt',
  'lte',
  'gt',
  'gte',
  'between',
  'last',
  'next',
  'ago',
  'ahead',
  'during',
  'anniversary',
  'empty',
  'not_empty',
] as const
export type Operator = (typeof operators)[number]

const ORDERED = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'between'] as const
const RELATIVE = ['last', 'next', 'ago', 'ahead', 'during'] as const
const EMPTINESS = ['empty', 'not_empty'] as const

const OPERATORS: Record<Family, readonly Operator[]> = {
  text: ['eq', 'ne', 'contains', 'not_contains', 'starts', 'in', 'not_in', ...EMPTINESS],
  number: [...ORDERED, ...EMPTINESS],
  money: [...ORDERED, ...EMPTINESS],
  date: [...ORDERED, ...RELATIVE, 'anniversary', ...EMPTINESS],
  time: [...ORDERED, ...EMPTINESS],
  datetime: [...ORDERED, ...RELATIVE, ...EMPTINESS],
  boolean: ['eq', ...EMPTINESS],
  choice: ['eq', 'ne', 'in', 'not_in', ...EMPTINESS],
  reference: ['eq', 'ne', 'in', 'not_in', ...EMPTINESS],
  address: ['contains', 'not_contains', ...EMPTINESS],
  file: [...EMPTINESS],
}

/** Operators of a field, in the order in which a person is offered them. A field of many values is also asked for all of some. */
export const operatorsOf = (family: Family, { many }: { many: boolean }): readonly Operator[] =>
  many && (family === 'choice' || family === 'reference') ? [...OPERATORS[family], 'has_all'] : OPERATORS[family]

/** The operator that is true exactly when this one is not, for those that say "not". */
export const POSITIVE: Partial<Record<Operator, Operator>> = {
  ne: 'eq',
  not_in: 'in',
  not_contains: 'contains',
  not_empty: 'empty',
}

/** What an operator compares with. */
export type ValueShape = 'none' | 'one' | 'list' | 'range' | 'span' | 'period' | 'days'

const SHAPES: Partial<Record<Operator, ValueShape>> = {
  empty: 'none',
  not_empty: 'none',
  in: 'list',
  not_in: 'list',
  has_all: 'list',
  between: 'range',
  last: 'span',
  next: 'span',
  ago: 'span',
  ahead: 'span',
  during: 'period',
  anniversary: 'days',
}
export const valueShapeOf = (operator: Operator): ValueShape => SHAPES[operator] ?? 'one'

/** Units of "in the last 30 days". Hours only where there is a clock. */
export const spanUnits = ['hour', 'day', 'week', 'month', 'year'] as const

/** Calendar periods in the workspace's time zone; a week begins on Monday. */
export const periods = [
  'today',
  'yesterday',
  'tomorrow',
  'this_week',
  'last_week',
  'next_week',
  'this_month',
  'last_month',
  'next_month',
  'this_quarter',
  'last_quarter',
  'this_year',
  'last_year',
] as const
export type Period = (typeof periods)[number]

/** Stands in a condition for the operator who asks: "my customers" in a view that many share. */
export const ME = '@me'
