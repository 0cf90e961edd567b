import { MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomValues } from '#modules/objects/contract'
import type { FieldType } from '#platform/shared/objects/field-types'
import type { FieldOption } from '#platform/shared/objects/object'
import { ReferenceInput } from '../builder/reference-input.tsx'
import { INPUT_TYPES, storedOf, suffixOf, textOf } from '../typed-value.ts'
import { useLanguage } from '../use-language.ts'

type Json = CustomValues[string]

interface DefaultInputProps {
  /** What is known of the field so far. */
  field: { readonly type: FieldType; readonly options: readonly FieldOption[]; readonly target: string }
  /** Null: new objects begin without one. */
  value: Json
  error: string | undefined
  onChange: (value: Json) => void
}

/** What is computed begins with nothing of its own, and a file belongs to one object. */
export const mayHaveDefault = (type: FieldType, isUnique: boolean): boolean =>
  type !== 'formula' && type !== 'file' && !isUnique

/** The value with which new objects begin, in the control of the field's type; emptied: none. */
export function DefaultInput({ field, value, error, onChange }: DefaultInputProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const named = { label: t('objects.field.default'), description: t('objects.field.defaultText'), error } as const
  const options = field.options.filter(
    ({ key, label, isArchived }) => !isArchived && key !== '' && label[language] !== '',
  )
  const data = options.map(({ key, label }) => ({ value: key, label: label[language] }))
  const isOffered = (key: unknown) => options.some((option) => option.key === key)
  switch (field.type) {
    case 'boolean':
      return (
        <Select
          {...named}
          clearable
          placeholder={t('objects.field.noDefault')}
          value={value === null ? null : String(value)}
          data={[
            { value: 'true', label: t('objects.values.yes') },
            { value: 'false', label: t('objects.values.no') },
          ]}
          onChange={(next) => onChange(next === null ? null : next === 'true')}
        />
      )
    case 'choice':
      return (
        <Select
          {...named}
          clearable
          searchable={data.length > 8}
          placeholder={t('objects.field.noDefault')}
          value={typeof value === 'string' && isOffered(value) ? value : null}
          data={data}
          onChange={onChange}
        />
      )
    case 'multi_choice': {
      const chosen = Array.isArray(value) ? value.map(String).filter(isOffered) : []
      return (
        <MultiSelect
          {...named}
          clearable
          placeholder={chosen.length === 0 ? t('objects.field.noDefault') : ''}
          value={chosen}
          data={data}
          onChange={(next) => onChange(next.length === 0 ? null : next)}
        />
      )
    }
    case 'reference':
      return (
        <ReferenceInput
          {...named}
          target={field.target}
          value={typeof value === 'string' ? [value] : []}
          offersMe={false}
          isInForm
          onChange={([id]) => onChange(id ?? null)}
        />
      )
    default:
      return <TypedDefault key={field.type} {...{ field, value, onChange, named }} />
  }
}

function TypedDefault({
  field,
  value,
  onChange,
  named,
}: Pick<DefaultInputProps, 'field' | 'value' | 'onChange'> & { named: { label: string; error: string | undefined } }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(textOf(value, field))
  const type = (next: string) => {
    setTyped(next)
    onChange(storedOf(next.trim(), field, value))
  }
  const common = { ...named, placeholder: t('objects.field.noDefault'), value: typed } as const
  if (field.type === 'number' || field.type === 'money')
    return (
      <NumberInput
        {...common}
        decimalScale={6}
        suffix={typed === '' ? '' : suffixOf(value, field)}
        onChange={(next) => type(String(next))}
      />
    )
  if (field.type === 'long_text' || field.type === 'address')
    return (
      <Textarea {...common} autosize minRows={2} maxRows={6} onChange={(event) => type(event.currentTarget.value)} />
    )
  return (
    <TextInput
      {...common}
      // The server says what is wrong, in the words of this product and beside the box.
      type={field.type === 'email' || field.type === 'url' ? 'text' : (INPUT_TYPES[field.type] ?? 'text')}
      onChange={(event) => type(event.currentTarget.value)}
    />
  )
}
