import { Autocomplete, Popover, UnstyledButton } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ConversationWire, tagsQuery } from '../inbox-api.ts'
import { useChangeConversation } from '../inbox-mutations.ts'
import classes from './conversation.module.css'

/** Tags of a conversation: taken off by one click, put on by typing. */
export function TagEditor({ conversation: { id, tags, can } }: { conversation: ConversationWire }) {
  const { t } = useTranslation()
  const { data: known = [] } = useQuery(tagsQuery)
  const change = useChangeConversation(id)
  const [isOpen, setOpen] = useState(false)
  const [word, setWord] = useState('')
  const add = (tag: string) => {
    const clean = tag.trim()
    setWord('')
    setOpen(false)
    if (clean && !tags.includes(clean)) change.mutate({ tags: [...tags, clean] })
  }
  return (
    <>
      {tags.map((tag) => (
        <span key={tag} className={classes.chip}>
          <span className="okno-clip">{tag}</span>
          {can.reply && (
            <UnstyledButton
              className={classes.tagRemove ?? ''}
              aria-label={t('inbox.tags.remove', { tag })}
              onClick={() => change.mutate({ tags: tags.filter((each) => each !== tag) })}
            >
              <IconX size={12} />
            </UnstyledButton>
          )}
        </span>
      ))}
      {can.reply && (
        <Popover opened={isOpen} onChange={setOpen} trapFocus position="bottom-start">
          <Popover.Target>
            <UnstyledButton
              className={classes.chip ?? ''}
              onClick={() => setOpen(!isOpen)}
              aria-label={t('inbox.tags.add')}
            >
              <IconPlus size={12} aria-hidden /> {t('inbox.tags.tag')}
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown p={8}>
            <form
              onSubmit={(event) => {
                event.preventDefault()
                add(word)
              }}
            >
              <Autocomplete
                size="xs"
                data-autofocus
                aria-label={t('inbox.tags.add')}
                placeholder={t('inbox.tags.placeholder')}
                data={known.filter((tag) => !tags.includes(tag))}
                value={word}
                onChange={setWord}
                onOptionSubmit={add}
                comboboxProps={{ withinPortal: false }}
                maxLength={50}
              />
            </form>
          </Popover.Dropdown>
        </Popover>
      )}
    </>
  )
}
