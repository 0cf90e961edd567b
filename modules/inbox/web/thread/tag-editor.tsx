import { Popover, Skeleton, UnstyledButton } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConversationWire } from '../inbox-api.ts'
import { useChangeConversation } from '../inbox-mutations.ts'
import classes from './conversation.module.css'

const TagBox = lazy(() => import('./tag-box.tsx'))

/** Tags of a conversation: taken off by one click, put on by typing. */
export function TagEditor({ conversation: { id, tags, can } }: { conversation: ConversationWire }) {
  const { t } = useTranslation()
  const change = useChangeConversation(id)
  const [isOpen, setOpen] = useState(false)
  const add = (tag: string) => {
    const clean = tag.trim()
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
            <UnstyledButton className={classes.chip ?? ''} onClick={() => setOpen(!isOpen)} title={t('inbox.tags.add')}>
              <IconPlus size={12} aria-hidden /> {t('inbox.tags.tag')}
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown p={8}>
            <Suspense fallback={<Skeleton height={30} width={180} />}>
              <TagBox without={tags} onAdd={add} />
            </Suspense>
          </Popover.Dropdown>
        </Popover>
      )}
    </>
  )
}
