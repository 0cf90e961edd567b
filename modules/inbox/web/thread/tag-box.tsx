import { Autocomplete } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tagsQuery } from '../inbox-api.ts'

const MAX_LENGTH = 50

/** Takes a tag: one that is known, or a new one. */
export default function TagBox({ without, onAdd }: { without: readonly string[]; onAdd: (tag: string) => void }) {
  const { t } = useTranslation()
  const { data: known = [] } = useQuery(tagsQuery)
  const [word, setWord] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onAdd(word)
      }}
    >
      <Autocomplete
        size="xs"
        autoFocus
        aria-label={t('inbox.tags.add')}
        placeholder={t('inbox.tags.placeholder')}
        data={known.filter((tag) => !without.includes(tag))}
        value={word}
        onChange={setWord}
        onOptionSubmit={onAdd}
        comboboxProps={{ withinPortal: false }}
        maxLength={MAX_LENGTH}
      />
    </form>
  )
}
