import type { CustomValues } from '#modules/objects/contract'
import type { Field } from '#platform/shared/objects/object'

type Json = CustomValues[string]

/** The browser's own boxes for types that have one. */
export const INPUT_TYPES: Record<string, string> = {
  date: 'date',
  time: 'time',
  datetime: 'datetime-local',
  email: 'email',
  url: 'url',
  phone: 'tel',
}

/** Until the workspace has a currency of its own. */
const DEFAULT_CURRENCY = 'RUB'

const isMoney = (value: Json): value is { amount: number; currency: string } =>
  typeof value === 'object' && value !== null && 'currency' in value

/** What stands behind the number in its box. */
export const suffixOf = (value: Json, { type }: Pick<Field, 'type'>): string =>
  isMoney(value) ? ` ${value.currency}` : type === 'money' ? ` ${DEFAULT_CURRENCY}` : ''

/** A value as it is typed into a box. */
export function textOf(value: Json, { type }: Pick<Field, 'type'>): string {
  if (value === null) return ''
  if (isMoney(value)) return String(value.amount)
  if (typeof value === 'object' && 'text' in value) return String(value.text)
  return type === 'datetime' ? localInput(new Date(String(value))) : String(value)
}

/** The moment as the browser's own box for date and time wants it: local, to the minute. */
const localInput = (at: Date) =>
  new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length)

/** What was typed as the field's type keeps it; null for nothing. `before`: whose currency stays. */
export function storedOf(typed: string, { type }: Pick<Field, 'type'>, before: Json): Json {
  if (typed === '') return null
  if (type === 'number') return Number(typed)
  if (type === 'money') return { amount: Number(typed), currency: isMoney(before) ? before.currency : DEFAULT_CURRENCY }
  if (type === 'address') return { text: typed }
  return type === 'datetime' ? new Date(typed).toISOString() : typed
}
