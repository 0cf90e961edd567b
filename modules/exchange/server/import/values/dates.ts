import type { DateOrder } from '../../../contract/index.ts'

const MONTHS: readonly (readonly string[])[] = [
  ['янв', 'jan'],
  ['фев', 'feb'],
  ['мар', 'mar'],
  ['апр', 'apr'],
  ['май', 'мая', 'may'],
  ['июн', 'jun'],
  ['июл', 'jul'],
  ['авг', 'aug'],
  ['сен', 'sep'],
  ['окт', 'oct'],
  ['ноя', 'nov'],
  ['дек', 'dec'],
]

const NUMBERS =
  /^(\d{1,4})[./\-\s](\d{1,2})[./\-\s](\d{1,4})(?:\s*г\.?)?(?:[T,\s]+(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*([ap]m)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/iu
const WORDS = /^(\d{1,2})\s+(\p{L}+)\.?\s+(\d{4})(?:\s*г\.?)?(?:[,\s]+(\d{1,2}):(\d{2}))?$/iu
const AMERICAN = /^(\p{L}+)\.?\s+(\d{1,2}),?\s+(\d{4})(?:[,\s]+(\d{1,2}):(\d{2})\s*([ap]m)?)?$/iu

/** A moment as somebody wrote it: without a zone unless one is written. */
export interface WrittenDate {
  /** `2027-01-31`. */
  readonly date: string
  /** `09:30`; null when only a day is written. */
  readonly time: string | null
  /** `Z` or `+03:00`; null when none is written. */
  readonly zone: string | null
}

/** Programs that have no empty dates write zeros: `0/0/00`, `0.0.00`, `0000-00-00`. */
export const isNoDate = (text: string): boolean =>
  /^0{1,4}([./-])0{1,2}\1(0{2}){1,2}( 0{1,2}:00(:00)?)?$/.test(text.trim())

/** A day whose year nobody knows, `--04-08` or `--0408` as address books write it, as `--04-08`; null when it is none. */
export function readDayOfYear(text: string): string | null {
  const [, month = '', day = ''] = /^--(\d{2})-?(\d{2})$/.exec(text.trim()) ?? []
  // A leap year has every day there is.
  return written(day, month, '2000', {}) ? `--${month}-${day}` : null
}

/** Reads a date as people and programs write it; null when it is none, or there is no such day. */
export function readDate(text: string, order: DateOrder): WrittenDate | null {
  const line = text.trim().replaceAll(/\s+/g, ' ')
  const numbers = NUMBERS.exec(line)
  if (numbers) {
    const [, a = '', b = '', c = '', hour, minute, half, zone] = numbers
    const [day, month, year] =
      a.length === 4 ? [c, b, a] : order === 'mdy' ? [b, a, c] : order === 'ymd' ? [c, b, a] : [a, b, c]
    return written(day, month, year, { hour, minute, half, zone })
  }
  const words = WORDS.exec(line)
  if (words) {
    const [, day = '', month = '', year = '', hour, minute] = words
    return written(day, monthNamed(month), year, { hour, minute })
  }
  const american = AMERICAN.exec(line)
  if (!american) return null
  const [, month = '', day = '', year = '', hour, minute, half] = american
  return written(day, monthNamed(month), year, { hour, minute, half })
}

const monthNamed = (word: string): string => {
  const known = MONTHS.findIndex((names) => names.some((name) => word.toLowerCase().startsWith(name)))
  return known < 0 ? '' : String(known + 1)
}

interface Clock {
  readonly hour?: string | undefined
  readonly minute?: string | undefined
  readonly half?: string | undefined
  readonly zone?: string | undefined
}

/** Two digits of a year mean the century in which most living people and deals are. */
const fullYear = (year: string): string => (year.length === 2 ? (Number(year) > 40 ? `19${year}` : `20${year}`) : year)

function written(
  day: string,
  month: string,
  shortYear: string,
  { hour, minute, half, zone }: Clock,
): WrittenDate | null {
  const year = fullYear(shortYear)
  if (!/^[12]\d{3}$/.test(year)) return null
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const known = new Date(`${date}T00:00:00Z`)
  if (Number.isNaN(known.getTime()) || known.toISOString().slice(0, 10) !== date) return null
  if (hour === undefined || minute === undefined) return { date, time: null, zone: null }
  const hours = (Number(hour) % (half ? 12 : 24)) + (half?.toLowerCase() === 'pm' ? 12 : 0)
  if (Number(hour) > 23 || Number(minute) > 59) return null
  return { date, time: `${String(hours).padStart(2, '0')}:${minute}`, zone: zone ? zoneOf(zone) : null }
}

const zoneOf = (zone: string) => (/^z$/i.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`)
