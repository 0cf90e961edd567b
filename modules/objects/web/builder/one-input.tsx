import { NumberInput, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OneValue } from '#platform/shared/objects/condition'
import { type Field, familyOfField } from '#platform/shared/objects/object'
import { useLanguage } from '../use-language.ts'
import { ReferenceInput } from './reference-input.tsx'

interface OneInputProps {
  field: Field
  value: OneValue | undefined
  label?: string
  onChange: (value: OneValue | undefined) => void
}

/** Currencies that are offered; the one of the value stays whatever it is. */
const CURRENCIES = ['RUB', 'USD', 'EUR', 'KZT', 'BYN', 'CNY']
const INPUT_TYPES: Record<string, string> = { date: 'date', datetime: 'date', time: 'time' }

/** One value of a field's type. */
export function OneInput({ field, value, label, onChange }: OneInputProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const named = { size: 'xs', 'aria-label': label ?? t('objects.builder.value') } as const
  const family = familyOfField(field)
  if (family === 'number')
    return (
      <NumberInput
        {...named}
        w={120}
        value={typeof value === 'number' ? value : ''}
        onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
      />
    )
  if (family === 'money') {
    const { amount, currency } = typeof value === 'object' ? value : { amount: undefined, currency: 'RUB' }
    return (
      <>
        <NumberInput
          {...named}
          w={120}
          value={amount ?? ''}
          onChange={(next) => onChange(typeof next === 'number' ? { amount: next, currency } : undefined)}
        />
        <Select
          size="xs"
          w={85}
          allowDeselect={false}
          aria-label={t('objects.builder.currency')}
          value={currency}
          data={[...new Set([...CURRENCIES, currency])]}
          onChange={(next) => next && amount !== undefined && onChange({ amount, currency: next })}
        />
      </>
    )
  }
  if (family === 'boolean')
    return (
      <Select
        {...named}
        w={100}
        allowDeselect={false}
        value={String(value ?? true)}
        data={[
          { value: 'true', label: t('objects.values.yes') },
          { value: 'false', label: t('objects.values.no') },
        ]}
        onChange={(next) => onChange(next === 'true')}
      />
    )
  if (family === 'choice' && field.options)
    return (
      <Select
        {...named}
        w={180}
        searchable={field.options.length > 8}
        value={typeof value === 'string' ? value : null}
        placeholder={t('objects.builder.choose')}
        data={field.options.map((option) => ({ value: option.key, label: option.label[language] }))}
        onChange={(next) => onChange(next ?? undefined)}
      />
    )
  if (family === 'reference' && field.target)
    return (
      <ReferenceInput
        label={named['aria-label']}
        target={field.target}
        value={typeof value === 'string' ? [value] : []}
        onChange={([first]) => onChange(first)}
      />
    )
  return (
    <TextInput
      {...named}
      w={family === 'text' || family === 'choice' || family === 'address' ? 180 : 150}
      type={INPUT_TYPES[family] ?? 'text'}
      value={typeof value === 'string' ? value.slice(0, family === 'datetime' ? 'YYYY-MM-DD'.length : undefined) : ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  )
}
