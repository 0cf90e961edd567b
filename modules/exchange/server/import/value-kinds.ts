import type { DateOrder } from '../../contract/index.ts'
import { isNoDate, readDate, readDayOfYear } from './values/dates.ts'

/** What values look like, without knowing their field. */
export type ValueKind = 'email' | 'phone' | 'date' | 'url' | 'inn' | 'number'

const LOOKS: readonly [ValueKind, (text: string) => boolean][] = [
  ['email', (text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)],
  ['url', (text) => /^(https?:\/\/|www\.)\S+$/i.test(text)],
  ['date', (text) => /\d/.test(text) && readDate(text, 'dmy') !== null],
  ['phone', (text) => /^[+(]?[\d\s().-]{7,20}$/.test(text) && isPhoneLong(text)],
  ['inn', (text) => /^(\d{10}|\d{12})$/.test(text)],
  ['number', (text) => /^-?\d[\d\s  ]*([.,]\d+)?$/.test(text)],
]

const isPhoneLong = (text: string) => {
  const digits = text.replace(/\D/g, '')
  return digits.length === 11 ? /^[78]/.test(digits) : /^\+/.test(text) && digits.length >= 8 && digits.length <= 15
}

/** The kind that most of some values have; null when it cannot be told. */
export function kindOf(values: readonly string[]): ValueKind | null {
  const given = values.filter((value) => value !== '')
  if (given.length === 0) return null
  const found = LOOKS.find(([, looks]) => given.filter(looks).length * 5 >= given.length * 4)
  return found?.[0] ?? null
}

/** The order in which dates of a column are written: told by days above 12; Russian and most of the world write the day first. */
export function dateOrderOf(values: readonly string[]): DateOrder {
  for (const order of ['dmy', 'mdy', 'ymd'] as const) {
    const given = values.filter((value) => value !== '' && !isNoDate(value) && readDayOfYear(value) === null)
    if (given.length > 0 && given.every((value) => readDate(value, order) !== null)) return order
  }
  return 'dmy'
}
