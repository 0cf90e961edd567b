import { useQueries, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { operatorsQuery } from '#modules/access/web'
import { namesOfQuery, useDescribe, useLanguage, useValueText } from '#modules/objects/web'
import { showBirthday } from '../card/contact-values.ts'
import type { CandidateWire, SideWire } from './identity-api.ts'

const CUSTOM = 'custom.'

/** Names of the fields in which two cards differ and their values, as a card shows them. */
export function useFieldTexts(pair: CandidateWire) {
  const { t, i18n } = useTranslation()
  const language = useLanguage()
  const valueText = useValueText()
  const { data: operators = [] } = useQuery(operatorsQuery)
  const described = new Map(useDescribe()?.('person')?.fields.map((field) => [field.key, field]))
  const references = Object.keys(pair.choices).flatMap((key) => {
    const field = described.get(key)
    const ids = [pair.a, pair.b].map((side) => valueOfSide(side, key)).filter((id) => typeof id === 'string')
    return field?.type === 'reference' && field.target ? [namesOfQuery(field.target, ids)] : []
  })
  const named = useQueries({ queries: references })
  const names = new Map(named.flatMap(({ data = [] }) => data.map(({ id, name }) => [id, name] as const)))

  const known: Readonly<Record<string, (value: string) => string | undefined>> = {
    stage: (value) => t(`customers.stages.${value}`),
    ownerId: (value) => operators.find(({ id }) => id === value)?.name,
    preferredChannel: (value) => t(`customers.channels.${value}`),
    addressForm: (value) => t(`customers.addressForms.${value}`),
    locale: (value) => new Intl.DisplayNames(i18n.language, { type: 'language' }).of(value),
    bestTime: (value) => value.replace('-', '–'),
    birthday: showBirthday,
  }
  const text = (side: SideWire, key: string): string => {
    const value = valueOfSide(side, key)
    const blank = t('customers.fields.blank')
    if (value === null || value === undefined || value === '') return blank
    const field = key.startsWith(CUSTOM) ? described.get(key) : undefined
    if (field) return valueText?.(value, field, { t, language, names }) || blank
    if (typeof value === 'string') return key in known ? (known[key]?.(value) ?? blank) : value
    return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
  const nameOf = (key: string): string =>
    (key.startsWith(CUSTOM) && described.get(key)?.label[language]) ||
    t([`customers.same.fields.${key}`, 'customers.same.fields.other'], { field: key.replace(CUSTOM, '') })
  return { nameOf, text }
}

function valueOfSide(side: SideWire, field: string): unknown {
  if (field.startsWith(CUSTOM)) return side.custom[field.slice(CUSTOM.length)]
  return Object.entries(side).find(([key]) => key === field)?.[1]
}
