import { SCALE } from './formula.ts'

/** Numbers of formulas are whole counts of 10⁻¹⁰: exact, as PostgreSQL's `numeric` is, where doubles would drift. */
const ONE = 10n ** BigInt(SCALE)

/** A double as its shortest decimal, which is what JSON stores. */
export function decimalOf(value: number): bigint {
  const [whole = '0', part = ''] = Math.abs(value).toString().split('.')
  // Numbers of fields have at most 15 digits before the point and 6 behind it, so none is written with an exponent.
  const scaled = BigInt(whole) * ONE + BigInt(part.padEnd(SCALE, '0').slice(0, SCALE))
  return value < 0 ? -scaled : scaled
}

export const numberOf = (value: bigint): number => {
  const size = value < 0n ? -value : value
  const text = `${size / ONE}.${(size % ONE).toString().padStart(SCALE, '0')}`
  return value < 0n ? -Number(text) : Number(text)
}

export const multiply = (left: bigint, right: bigint): bigint => divideRounded(left * right, ONE)

/** Null when divided by zero. */
export const divide = (left: bigint, right: bigint): bigint | null =>
  right === 0n ? null : divideRounded(left * ONE, right)

/** To so many digits behind the point, halves away from zero. */
export function roundTo(value: bigint, digits: number): bigint {
  const step = 10n ** BigInt(SCALE - digits)
  return divideRounded(value, step) * step
}

/** The nearest whole quotient, halves away from zero, as PostgreSQL rounds. */
function divideRounded(value: bigint, by: bigint): bigint {
  const [size, divisor] = [value < 0n ? -value : value, by < 0n ? -by : by]
  const rounded = (size * 2n + divisor) / (divisor * 2n)
  return value < 0n !== by < 0n ? -rounded : rounded
}
