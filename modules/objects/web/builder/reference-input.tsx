import { MultiSelect, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ME } from '#platform/shared/objects/operators'
import { namesOfQuery, namesQuery } from '../objects-api.ts'

interface ReferenceInputProps {
  label: string
  description?: string
  error?: string | undefined
  /** Key of the object to choose from. */
  target: string
  value: readonly string[]
  isMany?: boolean
  /** Offers "me" among operators: in conditions, not in values. */
  offersMe?: boolean
  onChange: (ids: string[]) => void
  /** Stands in place of a value for a moment: opens at once, may be emptied, and says when it is closed. */
  onClose?: () => void
  /** Stands in a form under its label, and may be emptied. */
  isInForm?: boolean
}

const ASK_AFTER_MS = 200

/** Chooses other objects by words in their names. */
export function ReferenceInput({
  label,
  target,
  value,
  isMany = false,
  offersMe = true,
  onChange,
  onClose,
  isInForm = false,
  description,
  error,
}: ReferenceInputProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words, ASK_AFTER_MS)
  const { data: chosen = [] } = useQuery(
    namesOfQuery(
      target,
      value.filter((id) => id !== ME),
    ),
  )
  // The name that stands in the box is no search: whoever opens it wants to see the others.
  const isSearch = chosen.every(({ name }) => name !== asked)
  const { data: found = [] } = useQuery(namesQuery(target, isSearch ? asked : ''))
  const names = new Map([...found, ...chosen].map(({ id, name }) => [id, name]))
  const me = offersMe && target === 'operator' ? [{ value: ME, label: t('objects.builder.me') }] : []
  const data = [...me, ...[...names].map(([id, name]) => ({ value: id, label: name }))]
  const common = {
    ...(isInForm ? { label, description, error } : { size: 'xs', 'aria-label': label }),
    searchable: true,
    placeholder: t('objects.builder.choose'),
    nothingFoundMessage: t('objects.builder.nothingFound'),
    data,
    onSearchChange: setWords,
  } as const
  if (isMany) return <MultiSelect {...common} miw={200} value={[...value]} onChange={onChange} />
  const inPlace =
    onClose && ({ autoFocus: true, clearable: true, defaultDropdownOpened: true, onDropdownClose: onClose } as const)
  return (
    <Select
      {...common}
      {...(inPlace ?? (isInForm ? { clearable: true } : { w: 200 }))}
      value={value[0] ?? null}
      onChange={(id) => onChange(id ? [id] : [])}
    />
  )
}
