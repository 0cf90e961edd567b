import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { CustomFields, useDescribe } from '#modules/objects/web'
import { usePreference } from '#platform/web'
import type { ConversationWire } from '../inbox-api.ts'
import { useChangeConversation } from '../inbox-mutations.ts'
import classes from './conversation.module.css'

/** What the company itself keeps of a conversation: how much of it is filled in, and opened, every field to change where it stands. */
export function ConversationFields({ conversation: { id, custom, can } }: { conversation: ConversationWire }) {
  const { t } = useTranslation()
  const change = useChangeConversation(id)
  const [state, setState] = usePreference('conversationFields', 'closed')
  const isOpen = state === 'open'
  const described = useDescribe()?.('conversation')
  const own = described?.fields.filter(({ key, isArchived }) => key.startsWith('custom.') && !isArchived) ?? []
  if (own.length === 0) return null
  const filled = own.filter(({ key }) => custom[key.slice('custom.'.length)] !== undefined).length
  const Chevron = isOpen ? IconChevronUp : IconChevronDown
  return (
    <>
      <UnstyledButton
        className={classes.chip ?? ''}
        aria-expanded={isOpen}
        onClick={() => setState(isOpen ? 'closed' : 'open')}
      >
        <span className="okno-numbers">{t('inbox.fields.filled', { filled, all: own.length })}</span>
        <Chevron size={13} aria-hidden />
      </UnstyledButton>
      {isOpen && (
        <section className={classes.fields} aria-label={t('inbox.fields.title')}>
          <Suspense>
            <CustomFields
              object="conversation"
              values={custom}
              canEdit={can.reply}
              onSave={(patch) => change.mutateAsync({ custom: patch })}
            />
          </Suspense>
        </section>
      )}
    </>
  )
}
