import { Button, Loader } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay, MissingPart, useWorkspaceZone } from '#platform/web'
import { timelineQuery } from '../card-api.ts'
import { CardSection } from '../card-section.tsx'
import type { PersonBlockProps } from '../person-blocks.ts'
import { endOfDay, withDays } from './day-rows.ts'
import classes from './timeline.module.css'
import { useTimelineGroups } from './timeline-groups.ts'
import { TimelineRows } from './timeline-rows.tsx'
import { type Looked, TimelineTools } from './timeline-tools.tsx'

const TYPING_MS = 250
const EVERYTHING: Looked = { group: null, words: '', day: '' }
/** Fewer words than this find nearly everything. */
const SHORTEST = 2
/** A search goes on by itself through so many stretches; then it asks. */
const MAX_STRETCHES = 10

/** Everything that happened with this person, newest first: narrowed by kind and words, begun at any day. */
export function CardTimeline({ person: { id } }: PersonBlockProps) {
  const { t, i18n } = useTranslation()
  const zone = useWorkspaceZone()
  const groups = useTimelineGroups()
  const [looked, setLooked] = useState(EVERYTHING)
  const [words] = useDebouncedValue(looked.words.trim(), TYPING_MS)
  const q = words.length >= SHORTEST ? words : ''
  const kinds = groups.find((group) => group.id === looked.group)?.kinds.join(',') ?? ''
  const at = looked.day ? endOfDay(looked.day, zone).toISOString() : null
  const timeline = useInfiniteQuery(timelineQuery(id, { kinds, q, at }))
  const { data, error, hasNextPage, isFetching, isFetchingNextPage, fetchNextPage } = timeline
  const rows = withDays(data?.pages.flatMap(({ items }) => items) ?? [], zone)
  const searchedTo = data?.pages.at(-1)?.searchedTo
  const mayGoOn = hasNextPage && !isFetching && !error
  const isOnItsOwn = q === '' || (data?.pages.length ?? 0) < MAX_STRETCHES
  return (
    <CardSection title={t('customers.timeline.title')}>
      <TimelineTools groups={groups} looked={looked} onChange={setLooked} />
      {timeline.hasPreviousPage && (
        <Button variant="subtle" size="compact-xs" onClick={() => void timeline.fetchPreviousPage()}>
          {t('customers.timeline.newer')}
        </Button>
      )}
      <TimelineRows
        rows={rows}
        label={t('customers.timeline.title')}
        onEnd={mayGoOn && isOnItsOwn ? () => void fetchNextPage() : null}
      />
      {data && rows.length === 0 && !hasNextPage && (
        <span className={classes.quiet}>
          {t(looked === EVERYTHING ? 'customers.timeline.none' : 'customers.timeline.nothingFound')}
        </span>
      )}
      {searchedTo && (
        <span className={classes.quiet}>
          {t('customers.timeline.searchedTo', { day: formatDay(new Date(searchedTo), new Date(), i18n.language) })}
        </span>
      )}
      {mayGoOn && !isOnItsOwn && (
        <Button variant="subtle" size="compact-xs" onClick={() => void fetchNextPage()}>
          {t('customers.timeline.searchOn')}
        </Button>
      )}
      {error && !isFetching && <MissingPart error={error} onRetry={() => void timeline.refetch()} />}
      {isFetchingNextPage && <Loader size="xs" aria-label={t('states.loading')} />}
    </CardSection>
  )
}
