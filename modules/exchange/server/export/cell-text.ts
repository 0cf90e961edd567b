import type { Field } from '#platform/shared/objects/object'
import { valueTypeOf } from '#platform/shared/objects/object'

/** Names of what references point to, by object and id. */
export type Names = Readonly<Record<string, Readonly<Record<string, string>>>>

export interface Words {
  readonly locale: 'ru' | 'en'
  readonly timeZone: string
}

const YES_NO = { ru: ['да', 'нет'], en: ['yes', 'no'] } as const

/** A value as a person reads it in a table: labels of choices, names of references, moments in the company's time zone. */
export function cellOf(value: unknown, field: Field, names: Names, words: Words): string | number | null {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value)) {
    const parts = value.map((one) => cellOf(one, field, names, words)).filter((one) => one !== null)
    return parts.length === 0 ? null : parts.join(', ')
  }
  switch (valueTypeOf(field)) {
    case 'choice':
    case 'multi_choice':
      return field.options?.find(({ key }) => key === value)?.label[words.locale] ?? String(value)
    case 'reference':
      return names[field.target ?? '']?.[String(value)] ?? null
    case 'boolean':
      return YES_NO[words.locale][value === true ? 0 : 1]
    case 'datetime':
      return momentOf(String(value), words.timeZone)
    default:
      return plainOf(value)
  }
}

function plainOf(value: unknown): string | number {
  if (typeof value === 'number') return value
  if (typeof value !== 'object' || value === null) return String(value)
  if ('text' in value) return String(value.text)
  if ('amount' in value && 'currency' in value) return `${String(value.amount)} ${String(value.currency)}`
  return JSON.stringify(value)
}

/**
 * `2026-11-22 10:05`: sorts as text, and spreadsheets read it as a moment. Not by a formatter of `Intl`: one for each cell holds 20 kB outside of what the collector
 * of garbage counts, gigabytes for a long list.
 */
function momentOf(instant: string, timeZone: string): string {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return instant
  const shown = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDateTime()
  return shown.toString({ smallestUnit: 'minute' }).replace('T', ' ')
}
