import type { Family } from '#platform/shared/objects/field-types'

/** What a formula can give and take. Money stands for its amount. */
export type FormulaType = 'number' | 'text' | 'boolean' | 'date'

export type Operation = '+' | '-' | '*' | '/' | '&' | '=' | '<>' | '<' | '<=' | '>' | '>=' | 'and' | 'or'

/** One step of a formula, with the type of what it gives. */
export type Step =
  | { readonly step: 'number'; readonly type: 'number'; readonly value: number }
  | { readonly step: 'text'; readonly type: 'text'; readonly value: string }
  | { readonly step: 'boolean'; readonly type: 'boolean'; readonly value: boolean }
  | { readonly step: 'field'; readonly type: FormulaType; readonly key: string }
  | {
      readonly step: 'operation'
      readonly type: FormulaType
      readonly op: Operation
      readonly left: Step
      readonly right: Step
    }
  | { readonly step: 'negate'; readonly type: 'number'; readonly of: Step }
  | { readonly step: 'not'; readonly type: 'boolean'; readonly of: Step }
  | { readonly step: 'call'; readonly type: FormulaType; readonly name: FunctionName; readonly given: readonly Step[] }

export type FunctionName = keyof typeof functions

/**
 * The functions, with the types they take and give. `same` = all arguments of one type, which is what comes out. An empty value makes every
 * step empty that does not say otherwise.
 */
export const functions = {
  /** `if(condition, then, else)`: an empty condition is no. */
  if: { takes: ['boolean', 'same', 'same'], gives: 'same' },
  /** The first that is not empty. */
  coalesce: { takes: ['same', 'same'], gives: 'same', isLong: true },
  /** Of those that are not empty. */
  min: { takes: ['same', 'same'], gives: 'same', isLong: true, only: ['number', 'date'] },
  max: { takes: ['same', 'same'], gives: 'same', isLong: true, only: ['number', 'date'] },
  abs: { takes: ['number'], gives: 'number' },
  /** To whole digits behind the point, halves away from zero. */
  round: { takes: ['number', 'digits'], gives: 'number' },
  lower: { takes: ['text'], gives: 'text' },
  length: { takes: ['text'], gives: 'number' },
  /** From the first date to the second; negative when it is earlier. */
  days_between: { takes: ['date', 'date'], gives: 'number' },
  add_days: { takes: ['date', 'number'], gives: 'date' },
  /** The day on which it is asked, in the workspace's time zone. */
  today: { takes: [], gives: 'date' },
  year: { takes: ['date'], gives: 'number' },
  is_empty: { takes: ['any'], gives: 'boolean' },
} as const satisfies Record<
  string,
  { takes: readonly string[]; gives: string; isLong?: boolean; only?: readonly FormulaType[] }
>

/** A formula that was read, with its text and the fields that stand in it. */
export interface Formula {
  readonly text: string
  readonly root: Step
  readonly fields: readonly string[]
}

/** Digits behind the point that numbers keep in a formula: each step is rounded to them, so that SQL and memory agree to the last one. */
export const SCALE = 10
/** Digits behind the point of what a formula gives: as many as a field of numbers keeps. */
export const RESULT_SCALE = 6
/** Days that one step may go; with the years that dates may have, all years keep four digits. */
export const MAX_DAYS = 365_000

const TYPES: Partial<Record<Family, FormulaType>> = {
  text: 'text',
  choice: 'text',
  address: 'text',
  number: 'number',
  money: 'number',
  boolean: 'boolean',
  date: 'date',
}

/** As what the values of a family stand in a formula; undefined for those that cannot. A choice stands as its key. */
export const formulaTypeOf = (family: Family): FormulaType | undefined => TYPES[family]
