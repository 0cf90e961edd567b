import { z } from 'zod'
import { normalisePhone } from '#platform/server/objects/phone'
import {
  addressValue,
  dateValue,
  instantValue,
  moneyValue,
  numberValue,
  type StoredType,
  timeValue,
} from '#platform/shared/objects/field-types'
import type { FieldOption } from '#platform/shared/objects/object'
import type { CustomValues } from '../contract/index.ts'

export type Json = CustomValues[string]

/** What the rules need to know of a field. */
export interface ValueField {
  readonly type: StoredType
  readonly options?: readonly FieldOption[] | undefined
}

const MAX_TEXT = 500
const MAX_LONG_TEXT = 20_000

/** A text that PostgreSQL can keep: no zero character, no half of a pair. */
const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((value) => !value.includes('\0') && value.isWellFormed(), 'Not a text')

const PLAIN: Record<Exclude<StoredType, 'choice' | 'multi_choice'>, z.ZodType<Json>> = {
  text: text(MAX_TEXT),
  long_text: text(MAX_LONG_TEXT),
  number: numberValue,
  money: moneyValue,
  date: dateValue,
  time: timeValue,
  datetime: instantValue,
  boolean: z.boolean(),
  reference: z.uuid().toLowerCase(),
  file: z.uuid().toLowerCase(),
  phone: z.string().transform((given, context) => {
    const phone = normalisePhone(given)
    if (phone) return phone
    context.addIssue({ code: 'custom', message: 'Not a phone number' })
    return z.NEVER
  }),
  email: z.email().max(254).toLowerCase(),
  url: z.url({ protocol: /^https?$/ }).max(2000),
  // Parts that were left blank are not there.
  address: addressValue.transform((address) =>
    Object.fromEntries(Object.entries(address).flatMap(([part, words]) => (words ? [[part, words]] : []))),
  ),
}

/**
 * Brings a given value into the form in which it is stored; null = empty. An archived choice stays where it is, but is not given anew.
 * @returns the value, or what is wrong with it
 */
export function storedValue(field: ValueField, given: Json, before?: Json): { value: Json } | { problem: string } {
  if (given === null || given === '') return { value: null }
  const result = schemaOf(field, before).safeParse(given)
  if (!result.success) return { problem: result.error.issues[0]?.message ?? 'This value does not fit.' }
  const value = result.data
  return { value: value === '' || (Array.isArray(value) && value.length === 0) ? null : value }
}

function schemaOf({ type, options = [] }: ValueField, before: Json | undefined): z.ZodType<Json> {
  if (type !== 'choice' && type !== 'multi_choice') return PLAIN[type]
  const held = Array.isArray(before) ? before : [before]
  const offered = options.filter(({ key, isArchived }) => !isArchived || held.includes(key)).map(({ key }) => key)
  const one = z.enum(offered, `One of: ${offered.join(', ')}`)
  if (type === 'choice') return one
  return z.array(one).transform((keys) => [...new Set(keys)])
}

const MAX_CHOICE = 60

/** A value of a choice whose options nobody has named: a short text. */
export const textOfChoice = (given: Json) => {
  if (given === null || given === '') return { value: null }
  const result = text(MAX_CHOICE).safeParse(given)
  return result.success ? { value: result.data } : { problem: 'A short text.' }
}

/** As what a value of a unique field is compared: texts as conditions compare them. */
export const uniqueForm = (value: Json): string =>
  typeof value === 'string' ? value.toLowerCase() : JSON.stringify(value)
