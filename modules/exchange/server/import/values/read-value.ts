import { normalisePhone } from '#platform/server/objects/phone'
import { nameForm } from '#platform/shared/name-form'
import type { Field } from '#platform/shared/objects/object'
import type { DateOrder } from '../../../contract/index.ts'
import { readDate } from './dates.ts'

/** What reading a cell needs to know beside its field. */
export interface ValueContext {
  readonly dates: DateOrder | null
  readonly timeZone: string
  /** Operators by name and by e-mail, as `nameForm` writes them. */
  readonly operators: Pick<ReadonlyMap<string, string>, 'get'>
}

/**
 * A value, or by code what is wrong with it: the row is refused, so that nobody's number is lost unseen; or why it is left out and the row comes in without
 * it: nothing about the customer is lost by that.
 */
export type ReadValue = { readonly value: unknown } | { readonly wrong: string } | { readonly leftOut: string }

const wrong = (code: string): ReadValue => ({ wrong: `exchange.${code}` })

/** Several values of one cell stand apart by these; Google writes `:::`. */
const APART = /\s*(?:\s:::\s|[;\n|])\s*/

/** The words of one cell that stand for several values. */
export const severalIn = (text: string, alsoComma: boolean): string[] =>
  text
    .split(alsoComma ? /\s*(?:\s:::\s|[;,\n|])\s*/ : APART)
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** Reads one cell as a value of its field. The owning module checks it once more, as everything that is given to it. */
export function readValue(
  field: Pick<Field, 'type' | 'options' | 'target'>,
  text: string,
  context: ValueContext,
): ReadValue {
  switch (field.type) {
    case 'number':
      return numberIn(text)
    case 'money':
      return moneyIn(text)
    case 'date': {
      const found = readDate(text, context.dates ?? 'dmy')
      return found ? { value: found.date } : wrong('not_a_date')
    }
    case 'datetime':
      return momentIn(text, context)
    case 'time':
      return timeIn(text)
    case 'boolean':
      return booleanIn(text)
    case 'choice':
      return choiceIn(field, text)
    case 'multi_choice': {
      const read = severalIn(text, true).map((part) => choiceIn(field, part))
      return read.find((one) => 'wrong' in one) ?? { value: read.map((one) => ('value' in one ? one.value : null)) }
    }
    case 'phone':
      return normalisePhone(text) ? { value: text } : wrong('not_a_phone')
    case 'email':
      return /^[^\s@]+@[^\s@]+$/.test(text) ? { value: text } : wrong('not_an_email')
    case 'url':
      return { value: /^[a-z]+:\/\//i.test(text) ? text : `https://${text}` }
    case 'address':
      return { value: { text } }
    case 'reference': {
      if (UUID.test(text)) return { value: text.toLowerCase() }
      if (field.target !== 'operator') return wrong('not_an_id')
      const id = context.operators.get(nameForm(text))
      return id ? { value: id } : { leftOut: 'exchange.operator_unknown' }
    }
    default:
      return { value: text }
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** `1 234,56`, `1,234.56`, `12.5%`: the sign that stands last parts the decimals. */
export function numberIn(text: string): ReadValue {
  const bare = text.replaceAll(/[\s  '_%]/g, '')
  const comma = bare.lastIndexOf(',')
  const point = bare.lastIndexOf('.')
  const isThousands = comma > -1 && point > -1
  const plain = isThousands
    ? comma > point
      ? bare.replaceAll('.', '').replace(',', '.')
      : bare.replaceAll(',', '')
    : bare.replace(',', '.')
  return /^-?\d+(\.\d+)?$/.test(plain) ? { value: Number(plain) } : wrong('not_a_number')
}

/** `9:30`, `21:30:00`, `9:30 PM`. Two times, or an hour that no clock shows, are none. */
function timeIn(text: string): ReadValue {
  const [, hour = '', minute = '', half] = /^(\d{1,2}):([0-5]\d)(?::\d{2})?\s*([ap]m)?$/i.exec(text) ?? []
  const hours = half ? (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : Number(hour)
  if (hour === '' || Number(hour) > (half ? 12 : 23)) return wrong('not_a_time')
  return { value: `${String(hours).padStart(2, '0')}:${minute}` }
}

const CURRENCIES: Readonly<Record<string, string>> = {
  '₽': 'RUB',
  р: 'RUB',
  руб: 'RUB',
  rub: 'RUB',
  $: 'USD',
  usd: 'USD',
  '€': 'EUR',
  eur: 'EUR',
  '₸': 'KZT',
  '₴': 'UAH',
  '£': 'GBP',
}

function moneyIn(text: string): ReadValue {
  const sign = text.replaceAll(/[\d\s  .,'-]/g, '').toLowerCase()
  const currency =
    sign === '' ? 'RUB' : (CURRENCIES[sign] ?? (/^[a-z]{3}$/.test(sign) ? sign.toUpperCase() : undefined))
  const amount = numberIn(text.replaceAll(/[^\d\s  .,'-]/g, '').replace(/\.$/, ''))
  return currency && 'value' in amount ? { value: { amount: amount.value, currency } } : wrong('not_money')
}

const YES = new Set(['да', 'yes', 'y', 'true', '1', '+', 'истина', 'д', 'x'])
const NO = new Set(['нет', 'no', 'n', 'false', '0', '-', 'ложь', 'н'])

/** A yes or a no in any of the ways in which lists write it; null for anything else. */
export function yesOrNoIn(text: string): boolean | null {
  const word = text.toLowerCase()
  if (YES.has(word)) return true
  return NO.has(word) ? false : null
}

function booleanIn(text: string): ReadValue {
  const value = yesOrNoIn(text)
  return value === null ? wrong('not_yes_or_no') : { value }
}

/** A choice by its key or its label in either language; one whose options nobody named takes any word. */
function choiceIn({ options }: Pick<Field, 'options'>, text: string): ReadValue {
  if (!options) return { value: text }
  const word = text.toLowerCase()
  const found = options.find(
    ({ key, label, isArchived }) =>
      !isArchived && [key, label.en, label.ru].some((name) => name.toLowerCase() === word),
  )
  return found ? { value: found.key } : wrong('not_a_choice')
}

function momentIn(text: string, { dates, timeZone }: ValueContext): ReadValue {
  const found = readDate(text, dates ?? 'dmy')
  if (!found) return wrong('not_a_date')
  const { date, time, zone } = found
  return { value: zone ? `${date}T${time}:00${zone}` : inZone(date, time ?? '00:00', timeZone) }
}

/** The moment that clocks of a time zone showed as this; where they skipped it, the one after. */
const inZone = (date: string, time: string, timeZone: string): string =>
  new Date(Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(timeZone).epochMilliseconds).toISOString()
