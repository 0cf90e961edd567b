import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowLeft, IconId } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#modules/access/web'
import { useShortcuts } from '#platform/web'
import { useComposerControl } from '../composer/composer-control.ts'
import type { ConversationWire } from '../inbox-api.ts'
import { useChangeConversation } from '../inbox-mutations.ts'
import { DueBadge } from '../queue/due-badge.tsx'
import { useInboxAddress } from '../use-inbox-address.ts'
import { CloseButton } from './close-button.tsx'
import classes from './conversation.module.css'
import { ConversationFields } from './conversation-fields.tsx'
import { OwnerMenu } from './owner-menu.tsx'
import { PriorityMenu } from './priority-menu.tsx'
import { SnoozeMenu } from './snooze-menu.tsx'
import { StatusChip } from './status-chip.tsx'
import { TagEditor } from './tag-editor.tsx'
import { useWhatHappened } from './what-happened.ts'

/** Who, which number, in what state, whose, until when; and what can be done with it. */
export function ConversationHeader({ conversation }: { conversation: ConversationWire }) {
  const { t } = useTranslation()
  const { open, step, change: go, isInList } = useInboxAddress()
  const { permissions } = useMe()
  const composer = useComposerControl()
  const change = useChangeConversation(conversation.id)
  const whatHappened = useWhatHappened()
  const { person, number, subject, can, routing, owner, status } = conversation
  const canAssign = can.assign && permissions.includes('inbox.assign')
  const toggleClosed = can.reply ? () => change.mutate({ status: status === 'closed' ? 'open' : 'closed' }) : undefined
  useShortcuts({
    r: can.reply ? () => composer.focus('reply') : undefined,
    n: () => composer.focus('note'),
    '/': () => composer.openSnippets(),
    e: toggleClosed,
    enter: () => composer.focus('reply'),
  })
  return (
    <header className={classes.header}>
      <div className={classes.first}>
        <ActionIcon
          className={classes.toList ?? ''}
          data-shown={isInList || undefined}
          aria-label={t('inbox.backToList')}
          onClick={() => open(undefined)}
        >
          <IconArrowLeft size={18} />
        </ActionIcon>
        <h2 className={`${classes.name} okno-clip`} style={{ margin: 0 }}>
          {person.name}
        </h2>
        <span className={`${classes.number} okno-numbers`}>№&nbsp;{number}</span>
        <span className={`${classes.subject} okno-clip`} title={subject}>
          {subject}
        </span>
        <div className={classes.actions}>
          {can.reply && <SnoozeMenu conversation={conversation} />}
          {toggleClosed && (
            <CloseButton isClosed={status === 'closed'} isBusy={change.isPending} onToggle={toggleClosed} />
          )}
          <Tooltip label={t('inbox.card.show')}>
            <ActionIcon
              className={classes.toCard ?? ''}
              data-shown={isInList || undefined}
              aria-label={t('inbox.card.show')}
              onClick={() => go({ step: step ? undefined : 'card' })}
            >
              <IconId size={18} />
            </ActionIcon>
          </Tooltip>
        </div>
      </div>
      <div className={classes.second}>
        <StatusChip conversation={conversation} />
        <OwnerMenu conversation={conversation} canAssign={canAssign} />
        <DueBadge conversation={conversation} />
        <PriorityMenu conversation={conversation} />
        <TagEditor conversation={conversation} />
        <ConversationFields conversation={conversation} />
        {routing && !owner && <span className={classes.routing}>{whatHappened(routing, 'Okno')}</span>}
      </div>
    </header>
  )
}
