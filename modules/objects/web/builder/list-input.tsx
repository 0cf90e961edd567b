import { MultiSelect, TagsInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OneValue } from '#platform/shared/objects/condition'
import { type Field, familyOfField } from '#platform/shared/objects/object'
import { useLanguage } from '../use-language.ts'
import { ReferenceInput } from './reference-input.tsx'

/** Several values of a field's type. */
export function ListInput({
  field,
  value,
  onChange,
}: {
  field: Field
  value: readonly OneValue[]
  onChange: (value: OneValue[]) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const texts = value.filter((one) => typeof one === 'string')
  const label = t('objects.builder.values')
  if (field.options)
    return (
      <MultiSelect
        size="xs"
        miw={180}
        aria-label={label}
        value={texts}
        data={field.options.map((option) => ({ value: option.key, label: option.label[language] }))}
        onChange={onChange}
      />
    )
  if (familyOfField(field) === 'reference' && field.target)
    return <ReferenceInput label={label} target={field.target} value={texts} isMany onChange={onChange} />
  return (
    <TagsInput
      size="xs"
      miw={180}
      aria-label={label}
      placeholder={texts.length === 0 ? t('objects.builder.typeEnter') : ''}
      value={texts}
      onChange={onChange}
    />
  )
}
