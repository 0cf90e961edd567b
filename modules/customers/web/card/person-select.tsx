import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Found } from '#modules/customers/contract'
import { api, type WirePage } from '#platform/web'

const TYPING_MS = 250
const SHOWN = 10

/** Finds another person by part of a name or an address. */
export function PersonSelect({
  not,
  value,
  onChange,
}: {
  not: string
  value: string | null
  onChange: (id: string | null) => void
}) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const [q] = useDebouncedValue(words, TYPING_MS)
  const { data } = useQuery({
    queryKey: ['customers', 'find', q],
    queryFn: ({ signal }) => api.get<WirePage<Found>>('/search', { signal, query: { q, limit: SHOWN } }),
    enabled: q.trim() !== '',
    placeholderData: (before) => before,
  })
  const found = data?.items.filter(({ object, id }) => object === 'person' && id !== not) ?? []
  return (
    <Select
      size="xs"
      searchable
      clearable
      label={t('customers.relations.who')}
      placeholder={t('customers.relations.find')}
      nothingFoundMessage={q ? t('customers.lists.notFound') : null}
      // The server has looked already, and better than by letters.
      filter={({ options }) => options}
      value={value}
      onChange={onChange}
      onSearchChange={setWords}
      data={found.map(({ id, name, detail }) => ({ value: id, label: detail ? `${name} · ${detail}` : name }))}
    />
  )
}
