import { IconCircleCheck, IconHourglassEmpty, IconMoonStars, IconNote } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type CSSProperties, memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Initials, Moment, usePreference } from '#platform/web'
import { type ConversationWire, prefetchConversation } from '../inbox-api.ts'
import { PriorityMark } from '../thread/priority.tsx'
import { ChannelIcon } from './channel-icon.tsx'
import { DueBadge } from './due-badge.tsx'
import classes from './queue.module.css'

interface QueueRowProps {
  conversation: ConversationWire
  isOpen: boolean
  style: CSSProperties
}

/** One conversation of the list: who, by what way, last words, how pressing, whose. */
export const QueueRow = memo(function QueueRow({ conversation, isOpen, style }: QueueRowProps) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const isCompact = usePreference('density', 'comfortable')[0] === 'compact'
  const { person, account, unread, lastMessageAt } = conversation
  return (
    <li>
      <Link
        to={`/inbox/${conversation.id}`}
        search={((before: object) => ({ ...before, step: undefined })) as never}
        className={`okno-window-row ${classes.row}`}
        style={style}
        data-open={isOpen}
        data-unread={unread > 0}
        preload={false}
        onMouseEnter={() => prefetchConversation(cache, conversation.id)}
      >
        <span className={classes.face}>
          <Initials id={person.id} name={person.name} size={isCompact ? 30 : 36} />
          {account && (
            <span className={classes.faceChannel}>
              <ChannelIcon kind={account.kind} size={12} />
            </span>
          )}
        </span>
        <span className={classes.words}>
          <span className={classes.line}>
            <span className={`${classes.name} okno-clip`}>{person.name}</span>
            <PriorityMark priority={conversation.priority} />
            {isCompact && <DueBadge conversation={conversation} />}
            <Moment at={lastMessageAt} className={classes.time ?? ''} />
          </span>
          <span className={classes.line}>
            <LastWords conversation={conversation} />
            {unread > 0 && (
              <span className={`${classes.unread} okno-numbers`} title={t('inbox.queue.unread', { count: unread })}>
                {unread > 99 ? '99+' : unread}
              </span>
            )}
          </span>
          {!isCompact && <Facts conversation={conversation} />}
        </span>
      </Link>
    </li>
  )
})

/** How pressing, in what state, about what, whose. */
function Facts({ conversation }: { conversation: ConversationWire }) {
  const { t } = useTranslation()
  const { owner, tags, status, snoozedUntil } = conversation
  return (
    <span className={classes.facts}>
      <DueBadge conversation={conversation} />
      <StatusMark status={status} until={snoozedUntil} />
      {tags.slice(0, 2).map((tag) => (
        <span key={tag} className={`${classes.tag} okno-clip`}>
          {tag}
        </span>
      ))}
      <span className={`${classes.owner} okno-clip`}>{owner ? shortName(owner.name) : t('inbox.unowned')}</span>
    </span>
  )
}

/** "Anna Petrova" → "Anna P.": enough to know a colleague by. */
function shortName(name: string): string {
  const [first = name, last] = name.split(' ')
  return last ? `${first} ${last.charAt(0)}.` : first
}

function LastWords({ conversation: { lastDirection, lastText, subject } }: { conversation: ConversationWire }) {
  const { t } = useTranslation()
  const words = lastText || subject || t('inbox.queue.noWords')
  return (
    <span className={`${classes.last} okno-clip`}>
      {lastDirection === 'note' && <IconNote size={13} aria-label={t('inbox.note')} style={{ verticalAlign: -2 }} />}{' '}
      {lastDirection === 'out' ? t('inbox.queue.ours', { words }) : words}
    </span>
  )
}

const MARKS = { waiting: IconHourglassEmpty, snoozed: IconMoonStars, closed: IconCircleCheck }

function StatusMark({ status, until }: { status: ConversationWire['status']; until: string | null }) {
  const { t } = useTranslation()
  if (status === 'open') return null
  if (status === 'new') return <span className={classes.status}>{t('inbox.statuses.new')}</span>
  const Icon = MARKS[status]
  return (
    <span className={classes.status}>
      <Icon size={13} aria-hidden />
      {status === 'snoozed' && until ? <Moment at={until} /> : t(`inbox.statuses.${status}`)}
    </span>
  )
}
