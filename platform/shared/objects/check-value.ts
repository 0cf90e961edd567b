import { z } from 'zod'
import { type ConditionValue, MAX_VALUES, type OneValue, span } from './condition.ts'
import { dateValue, type Family, instantValue, moneyValue, numberValue, timeValue } from './field-types.ts'
import { type Field, familyOfField } from './object.ts'
import { ME, type Operator, periods, valueShapeOf } from './operators.ts'

/** A value that fits, as it is compared; or what is wrong and where in it. */
type CheckedValue =
  | { readonly value: ConditionValue | undefined }
  | { readonly problem: string; readonly steps: readonly (string | number)[] }

const MAX_ANNIVERSARY_DAYS = 366
const HAS_CLOCK: readonly Family[] = ['datetime']

/** Checks what a field is compared with, and brings it into its stored form. */
export function checkValue(field: Field, op: Operator, given: unknown): CheckedValue {
  const result = schemaOf(field, op).safeParse(given)
  if (result.success) return { value: result.data }
  const [issue] = result.error.issues
  return {
    problem: issue?.message ?? 'This value does not fit.',
    steps: (issue?.path ?? []).filter((step) => typeof step !== 'symbol'),
  }
}

function schemaOf(field: Field, op: Operator): z.ZodType<ConditionValue | undefined> {
  const family = familyOfField(field)
  const value = oneOf(field, family)
  switch (valueShapeOf(op)) {
    case 'none':
      return z.undefined('This operator takes no value')
    case 'one':
      return value
    case 'list':
      return z.array(value).min(1).max(MAX_VALUES)
    case 'range':
      return family === 'money' ? moneyRange : z.strictObject({ from: value, to: value })
    case 'span':
      return HAS_CLOCK.includes(family)
        ? span
        : span.refine(({ unit }) => unit !== 'hour', { message: 'A date has no hours', path: ['unit'] })
    case 'period':
      return z.enum(periods)
    case 'days':
      return z.number().int().min(0).max(MAX_ANNIVERSARY_DAYS)
  }
}

const moneyRange = z
  .strictObject({ from: moneyValue, to: moneyValue })
  .refine(({ from, to }) => from.currency === to.currency, 'Both ends are in one currency')

function oneOf(field: Field, family: Family): z.ZodType<OneValue> {
  switch (family) {
    case 'number':
      return numberValue
    case 'money':
      return moneyValue
    case 'date':
      return dateValue
    case 'time':
      return timeValue
    case 'datetime':
      // A date means the whole day in the workspace's time zone.
      return z.union([dateValue, instantValue], 'A date such as 2027-01-31, or a moment such as 2027-01-31T09:30:00Z')
    case 'boolean':
      return z.boolean()
    case 'choice':
      return field.options
        ? z.enum(
            field.options.map(({ key }) => key),
            `One of: ${field.options.map(({ key }) => key).join(', ')}`,
          )
        : text
    case 'reference':
      return field.target === 'operator' ? z.union([id, z.literal(ME)], `An id, or ${ME}`) : id
    case 'text':
    case 'address':
    case 'file':
      return text
  }
}

/** Ids travel in lower case, so that equal ones are equal texts. */
const id = z.uuid().toLowerCase()
const MAX_TEXT = 500
const text = z
  .string()
  .min(1)
  .max(MAX_TEXT)
  // PostgreSQL keeps no zero character, and half a surrogate pair is no text.
  .refine((value) => !value.includes('\0') && value.isWellFormed(), 'Not a text')
