import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { namesQuery } from '#modules/objects/web'

const TYPING_MS = 250

/** Finds a company by part of its name. */
export function CompanySelect({
  isBare = false,
  isFirst = false,
  label,
  value,
  onChange,
}: {
  /** Its label is told, not shown. */
  isBare?: boolean
  /** Takes the focus of the panel in which it stands. */
  isFirst?: boolean
  label?: string
  value: string | null
  onChange: (id: string | null) => void
}) {
  const { t } = useTranslation()
  const name = label ?? t('customers.custom.company')
  const [words, setWords] = useState('')
  const [q] = useDebouncedValue(words, TYPING_MS)
  const { data: found = [] } = useQuery(namesQuery('company', q))
  return (
    <Select
      {...(isBare ? { 'aria-label': name, size: 'xs', autoFocus: true } : { label: name })}
      data-autofocus={isFirst || undefined}
      openOnFocus={!isFirst}
      placeholder={t('customers.lists.findCompany')}
      searchable
      clearable
      nothingFoundMessage={t('customers.lists.notFound')}
      // The server has looked already, and better than by letters.
      filter={({ options }) => options}
      value={value}
      onChange={onChange}
      onSearchChange={setWords}
      data={found.map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}
