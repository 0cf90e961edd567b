import { z } from 'zod'

/** Everything a field can hold. `formula` is computed from other fields and has the type of its result. */
export const fieldTypes = [
  'text',
  'long_text',
  'number',
  'money',
  'date',
  'time',
  'datetime',
  'boolean',
  'choice',
  'multi_choice',
  'reference',
  'phone',
  'email',
  'url',
  'address',
  'file',
  'formula',
] as const
export type FieldType = (typeof fieldTypes)[number]

/** Types whose values a person can give; a formula gives itself. */
export type StoredType = Exclude<FieldType, 'formula'>

/** Types compare in so few ways: everything written compares as text. */
export const families = [
  'text',
  'number',
  'money',
  'date',
  'time',
  'datetime',
  'boolean',
  'choice',
  'reference',
  'address',
  'file',
] as const
export type Family = (typeof families)[number]

const FAMILY: Record<StoredType, Family> = {
  text: 'text',
  long_text: 'text',
  phone: 'text',
  email: 'text',
  url: 'text',
  number: 'number',
  money: 'money',
  date: 'date',
  time: 'time',
  datetime: 'datetime',
  boolean: 'boolean',
  choice: 'choice',
  multi_choice: 'choice',
  reference: 'reference',
  address: 'address',
  file: 'file',
}

/** How a type compares; a formula as its result does. */
export const familyOf = (type: StoredType): Family => FAMILY[type]

/** Doubles carry so much without loss beside a few decimals; figures of trade stay far below. */
const MAX_NUMBER = 1e15
/** Digits behind the point that a number keeps. */
const MAX_DECIMALS = 6

const hasFewDecimals = (value: number) => Number(value.toFixed(MAX_DECIMALS)) === value

export const numberValue = z
  .number()
  .min(-MAX_NUMBER)
  .max(MAX_NUMBER)
  .refine(hasFewDecimals, `At most ${MAX_DECIMALS} digits behind the point`)

/** An amount in units of its currency (roubles, not kopecks). */
export const moneyValue = z.strictObject({
  amount: numberValue,
  /** ISO 4217: `RUB`. */
  currency: z.string().regex(/^[A-Z]{3}$/, 'Three capital letters, such as RUB'),
})
export type Money = z.infer<typeof moneyValue>

export const timeValue = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time such as 09:30')
/** Years of four digits, so that texts of dates and instants sort as time does. */
export const dateValue = z.iso.date().regex(/^[12]\d{3}-/, 'A date such as 2027-01-31')
/** Kept to the millisecond in UTC, so that texts sort as time does. */
export const instantValue = z.iso
  .datetime({ offset: true })
  .regex(/^[12]\d{3}-/, 'A moment such as 2027-01-31T09:30:00Z')
  .transform((text) => new Date(text).toISOString())

export const addressValue = z.strictObject({
  /** The whole address as one would write it on a letter; conditions and lists read this. */
  text: z.string().trim().min(1).max(500),
  postcode: z.string().trim().max(20).optional(),
  country: z.string().trim().max(100).optional(),
  region: z.string().trim().max(100).optional(),
  city: z.string().trim().max(100).optional(),
})
export type Address = z.infer<typeof addressValue>

/** What a field may hold, by type; null = empty. Lists of `many` fields hold one of these each. */
export type Value = string | number | boolean | null | Money | Address | readonly string[]
