import { Stack, Text, Title } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { EmptyState, Loaded, Moment } from '#platform/web'
import { type ConversationWire, queueQuery } from '../inbox-api.ts'
import { ChannelIcon } from '../queue/channel-icon.tsx'
import { StatusChip } from '../thread/status-chip.tsx'
import classes from './recent-conversations.module.css'

const SHOWN = 30
/** One other tab for the window, whichever conversation is opened: both sides stay in sight. */
const WINDOW = 'okno-window'

/** What came in lately, live: the office's side of the sandbox. */
export function RecentConversations() {
  const { t } = useTranslation()
  const { data, error, refetch } = useInfiniteQuery(queueQuery({ view: 'all', q: '', sort: 'recent', filter: {} }))
  const conversations = data?.pages.flatMap(({ items }) => items).slice(0, SHOWN)
  return (
    <Stack component="section" gap="sm" p="lg" aria-label={t('inbox.sandbox.title')}>
      <div>
        <Title order={2} fz="md">
          {t('inbox.sandbox.title')}
        </Title>
        <Text fz="sm" c="dimmed">
          {t('inbox.sandbox.text')}
        </Text>
      </div>
      <Loaded
        query={{ data: conversations, error, refetch }}
        empty={<EmptyState icon={IconInbox} title={t('inbox.empty.all')} />}
      >
        {(items) => (
          <ul className={classes.list} aria-live="polite">
            {items.map((conversation) => (
              <li key={conversation.id}>
                <Arrived conversation={conversation} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Stack>
  )
}

function Arrived({ conversation }: { conversation: ConversationWire }) {
  const { t } = useTranslation()
  const { id, number, person, account, owner, lastText, subject, lastMessageAt, unread } = conversation
  return (
    <a className={classes.row} href={`/inbox/${id}`} target={WINDOW} data-unread={unread > 0}>
      <span className={classes.line}>
        {account && <ChannelIcon kind={account.kind} size={15} />}
        <strong className="okno-clip">{person.name}</strong>
        <span className={`${classes.quiet} okno-numbers`}>№ {number}</span>
        <Moment at={lastMessageAt} className={classes.time ?? ''} />
      </span>
      <span className={`${classes.quiet} okno-clip`}>{lastText || subject || t('inbox.queue.noWords')}</span>
      <span className={classes.line}>
        <StatusChip conversation={conversation} />
        <span className={`${classes.quiet} okno-clip`}>{owner?.name ?? t('inbox.unowned')}</span>
      </span>
    </a>
  )
}
