import { UnstyledButton } from '@mantine/core'
import { IconArchive } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatSpan, useNow } from '#platform/web'
import { type ConversationView, countsQuery } from '../inbox-api.ts'
import { useInboxAddress, views } from '../use-inbox-address.ts'
import classes from './queue.module.css'

/** The views with how many wait in each, and for how long the oldest already does. */
export function QueueViews() {
  const { t } = useTranslation()
  const { query, change } = useInboxAddress()
  const { data: counts } = useQuery(countsQuery)
  return (
    <nav className={classes.views} aria-label={t('inbox.queue.views')}>
      {views.map((view) => (
        <UnstyledButton
          key={view}
          className={classes.view ?? ''}
          aria-current={view === query.view}
          onClick={() => change({ view, sort: undefined })}
        >
          <span className={`${classes.viewCount} okno-numbers`}>
            {view === 'closed' ? <IconArchive size={16} aria-hidden /> : (counts?.[view] ?? '–')}
          </span>
          <span className="okno-clip">{t(`inbox.views.${view}`)}</span>
          <Oldest view={view} />
        </UnstyledButton>
      ))}
    </nav>
  )
}

function Oldest({ view }: { view: ConversationView }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { data: counts } = useQuery(countsQuery)
  const since = view === 'mine' || view === 'unassigned' || view === 'all' ? counts?.oldestWaiting[view] : null
  if (!since) return <span className={classes.viewOldest} />
  const span = formatSpan(Math.max(0, now - Date.parse(since)), i18n.language)
  return (
    <span className={classes.viewOldest} title={t('inbox.queue.oldest', { span })}>
      {span}
    </span>
  )
}
