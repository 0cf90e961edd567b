import type { TFunction } from 'i18next'
import { type Field, type Language, valueTypeOf } from '#platform/shared/objects/object'

/** A value as it is read. References are named by whoever knows the names. */
export function valueText(
  value: unknown,
  field: Field,
  { t, language, names }: { t: TFunction; language: Language; names: ReadonlyMap<string, string> },
): string {
  if (value === null || value === undefined || value === '') return ''
  const optionName = (key: unknown) =>
    field.options?.find((option) => option.key === key)?.label[language] ?? String(key)
  switch (valueTypeOf(field)) {
    case 'boolean':
      return t(value === true ? 'objects.values.yes' : 'objects.values.no')
    case 'choice':
      return optionName(value)
    case 'multi_choice':
      return Array.isArray(value) ? value.map(optionName).join(', ') : ''
    case 'number':
      return typeof value === 'number' ? value.toLocaleString(language) : ''
    case 'money':
      return isMoney(value)
        ? value.amount.toLocaleString(language, {
            style: 'currency',
            currency: value.currency,
            minimumFractionDigits: 0,
          })
        : ''
    case 'date':
      return new Date(`${String(value)}T00:00:00`).toLocaleDateString(language)
    case 'datetime':
      return new Date(String(value)).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' })
    case 'address':
      return typeof value === 'object' && 'text' in value ? String(value.text) : ''
    case 'reference':
      return names.get(String(value)) ?? '…'
    default:
      return String(value)
  }
}

const isMoney = (value: unknown): value is { amount: number; currency: string } =>
  typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value
