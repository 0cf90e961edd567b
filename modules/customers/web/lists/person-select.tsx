import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Found } from '#modules/customers/contract'
import { api, type WirePage } from '#platform/web'

const TYPING_MS = 250
const SHOWN = 20

/** Finds a person by part of the name, number or address; the address tells namesakes apart. */
export default function PersonSelect({
  label,
  value,
  onChange,
  size = 'sm',
  isFirst = false,
}: {
  label?: string
  size?: 'xs' | 'sm'
  /** Takes the focus of the panel in which it stands. */
  isFirst?: boolean
  value: string | null
  onChange: (id: string | null) => void
}) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const [q] = useDebouncedValue(words.trim(), TYPING_MS)
  const { data } = useQuery({
    queryKey: ['customers', 'find-person', q],
    queryFn: ({ signal }) =>
      api.get<WirePage<Found>>('/search', { signal, query: { q, objects: 'person', limit: SHOWN } }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  })
  const found = (data?.items ?? []).map(({ id, name, detail }) => ({
    value: id,
    label: [name, detail].filter(Boolean).join(' · '),
  }))
  // Whoever was chosen stays there while one looks for another.
  const [chosen, setChosen] = useState<(typeof found)[number] | null>(null)
  const isFound = found.some((one) => one.value === chosen?.value)
  return (
    <Select
      size={size}
      // The panel looks for it once; it may be loaded later.
      data-autofocus={isFirst || undefined}
      autoFocus={isFirst}
      // Nothing is found before something is typed: an open list that nobody sees would take the first Escape.
      openOnFocus={false}
      label={label ?? t('customers.person')}
      placeholder={t('customers.lists.findPerson')}
      searchable
      clearable
      nothingFoundMessage={q === '' ? null : t('customers.lists.notFound')}
      // The server has looked already, and better than by letters.
      filter={({ options }) => options}
      value={value}
      onChange={(id) => {
        setChosen(found.find((one) => one.value === id) ?? chosen)
        onChange(id)
      }}
      onSearchChange={setWords}
      data={chosen && !isFound ? [chosen, ...found] : found}
    />
  )
}
