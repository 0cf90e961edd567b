import { MultiSelect, NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomValues } from '#modules/objects/contract'
import type { Field, FieldOption } from '#platform/shared/objects/object'
import { ReferenceInput } from './builder/reference-input.tsx'
import { wordsQuery } from './objects-api.ts'
import { INPUT_TYPES, storedOf, suffixOf, textOf } from './typed-value.ts'
import { useLanguage } from './use-language.ts'

type Json = CustomValues[string]

interface ValueEditorProps {
  field: Field
  label: string
  value: Json
  /** False for what comes back unsaved: one may type elsewhere by now. */
  takesFocus?: boolean
  onSave: (value: Json) => void
  onCancel: () => void
}

/** A box for one value of a field's type: Enter or leaving it saves, Escape leaves it as it was; a choice saves at once. */
export function ValueEditor({ field, label, value, takesFocus = true, onSave, onCancel }: ValueEditorProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const isOffered = ({ key, isArchived }: FieldOption) => !isArchived && (field.offers?.includes(key) ?? true)
  const options = field.options?.filter((option) => isOffered(option) || option.key === value) ?? []
  const data = options.map((option) => ({ value: option.key, label: option.label[language] }))
  const common = { size: 'xs', 'aria-label': label, autoFocus: true } as const
  // A choice whose options nobody has named is a short text.
  if (field.type === 'choice' && !field.options)
    return <TypedEditor {...{ field, label, value, takesFocus, onSave, onCancel }} />
  switch (field.type) {
    case 'boolean':
      return (
        <Select
          {...common}
          clearable={!field.isRequired}
          defaultDropdownOpened
          value={value === null ? null : String(value)}
          data={[
            { value: 'true', label: t('objects.values.yes') },
            { value: 'false', label: t('objects.values.no') },
          ]}
          onChange={(next) => onSave(next === null ? null : next === 'true')}
          onDropdownClose={onCancel}
        />
      )
    case 'choice':
      return (
        <Select
          {...common}
          clearable={!field.isRequired}
          searchable={data.length > 8}
          defaultDropdownOpened
          value={typeof value === 'string' ? value : null}
          data={data}
          onChange={onSave}
          onDropdownClose={onCancel}
        />
      )
    case 'multi_choice':
      if (!field.options)
        return <WordsEditor {...common} field={field} value={value} onSave={onSave} onCancel={onCancel} />
      return <ManyEditor {...common} data={data} value={value} onSave={onSave} onCancel={onCancel} />
    case 'reference':
      return (
        <ReferenceInput
          label={label}
          target={field.target ?? ''}
          value={typeof value === 'string' ? [value] : []}
          offersMe={false}
          onChange={([id]) => onSave(id ?? null)}
          onClose={onCancel}
        />
      )
    default:
      return <TypedEditor {...{ field, label, value, takesFocus, onSave, onCancel }} />
  }
}

function ManyEditor({
  data,
  value,
  onSave,
  onCancel,
  ...common
}: {
  data: { value: string; label: string }[]
  value: Json
  onSave: (value: Json) => void
  onCancel: () => void
}) {
  const [chosen, setChosen] = useState(Array.isArray(value) ? value.map(String) : [])
  return (
    <MultiSelect
      {...common}
      data={data}
      value={chosen}
      onChange={setChosen}
      onBlur={() => onSave(chosen.length === 0 ? null : chosen)}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    />
  )
}

/** As long as a word may be that several things share. */
const MAX_WORD = 50

/** Words of one's own, with those that were given before at hand. */
function WordsEditor({
  field: { wordsAt = '' },
  value,
  onSave,
  onCancel,
  ...common
}: Pick<ValueEditorProps, 'field' | 'value' | 'onSave' | 'onCancel'>) {
  const { data: known = [] } = useQuery(wordsQuery(wordsAt))
  const [chosen, setChosen] = useState(Array.isArray(value) ? value.map(String) : [])
  return (
    <TagsInput
      {...common}
      data={known}
      maxLength={MAX_WORD}
      value={chosen}
      onChange={setChosen}
      onBlur={() => onSave(chosen.length === 0 ? null : chosen)}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    />
  )
}

function TypedEditor({ field, label, value, takesFocus = true, onSave, onCancel }: ValueEditorProps) {
  const [typed, setTyped] = useState(textOf(value, field))
  const save = () => onSave(storedOf(typed.trim(), field, value))
  const isLong = field.type === 'long_text' || field.type === 'address'
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel()
    if (event.key === 'Enter' && (!isLong || event.ctrlKey || event.metaKey)) save()
  }
  const common = { size: 'xs', 'aria-label': label, autoFocus: takesFocus, onBlur: save, onKeyDown } as const
  if (field.type === 'number' || field.type === 'money')
    return (
      <NumberInput
        {...common}
        value={typed}
        decimalScale={6}
        suffix={suffixOf(value, field)}
        onChange={(next) => setTyped(String(next))}
      />
    )
  if (isLong)
    return (
      <Textarea
        {...common}
        autosize
        minRows={2}
        maxRows={10}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    )
  return (
    <TextInput
      {...common}
      type={INPUT_TYPES[field.type] ?? 'text'}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  )
}
