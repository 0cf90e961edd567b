import type { TFunction } from 'i18next'
import type { HealthPart } from '#platform/shared/health'
import { formatBytes, formatShort, formatSpan } from '#platform/web'

/** A part or finding of a module carries its name (`channels.account`), one of the platform none (`database`); so do their texts. */
const keyOf = (group: 'parts' | 'says', name: string): string => {
  const [first = '', rest] = name.split('.')
  return rest ? `${first}.health.${group}.${rest}` : `health.${group}.${first}`
}

export const titleOf = (t: TFunction, { part }: HealthPart): string => t(keyOf('parts', part), { defaultValue: part })

/** The sentence of a finding in the reader's words; that of the server when this window is older than the server. */
export function saysOf(t: TFunction, part: HealthPart, language: string): string {
  const params = Object.fromEntries(
    Object.entries(part.params).map(([key, value]) => [key, shown(key, value, t, language)]),
  )
  return t(keyOf('says', part.code), { ...params, defaultValue: part.detail ?? '' })
}

/** Values by the unit that ends their name. */
function shown(name: string, value: string | number | null, t: TFunction, language: string): string | number {
  if (value === null) return t('access.health.never')
  if (name.endsWith('Bytes')) return formatBytes(Number(value), language)
  if (name.endsWith('Seconds')) return formatSpan(Number(value) * 1000, language)
  if (name.endsWith('Ms'))
    return new Intl.NumberFormat(language, { style: 'unit', unit: 'millisecond' }).format(Number(value))
  if (name.endsWith('At')) return formatShort(new Date(value), new Date(), language)
  return value
}
