import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field } from '#platform/shared/objects/object'
import { namesOfQuery, namesQuery } from '../objects-api.ts'
import { useLanguage } from '../use-language.ts'

interface QuickFilterProps {
  field: Field
  value: string | null
  onChange: (value: string | undefined) => void
}

/** Narrows a list to one value of a field with one click. */
export function QuickFilter(props: QuickFilterProps) {
  return props.field.target ? <ByReference {...props} target={props.field.target} /> : <ByChoice {...props} />
}

const look = { flex: '1 1 140px', maw: 200, clearable: true } as const

function ByChoice({ field: { label, options = [] }, value, onChange }: QuickFilterProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <Select
      {...look}
      aria-label={label[language]}
      placeholder={t('objects.list.any', { field: label[language] })}
      value={value}
      data={options.map((option) => ({ value: option.key, label: option.label[language] }))}
      onChange={(next) => onChange(next ?? undefined)}
    />
  )
}

const ASK_AFTER_MS = 200

function ByReference({ field: { label }, target, value, onChange }: QuickFilterProps & { target: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words, ASK_AFTER_MS)
  const { data: found = [] } = useQuery(namesQuery(target, asked))
  const { data: chosen = [] } = useQuery(namesOfQuery(target, value ? [value] : []))
  const names = new Map([...found, ...chosen].map(({ id, name }) => [id, name]))
  return (
    <Select
      {...look}
      searchable
      aria-label={label[language]}
      placeholder={t('objects.list.any', { field: label[language] })}
      nothingFoundMessage={t('objects.builder.nothingFound')}
      value={value}
      data={[...names].map(([id, name]) => ({ value: id, label: name }))}
      onSearchChange={setWords}
      onChange={(next) => onChange(next ?? undefined)}
    />
  )
}
