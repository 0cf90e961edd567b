import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Moment } from '#platform/web'
import { type CardWire, timelineQuery } from '../customers-api.ts'
import classes from './card.module.css'
import { CardSection } from './card-section.tsx'
import { TimelineWords } from './timeline-words.tsx'

/** Everything that happened with this person, newest first. */
export function CardTimeline({ person: { id: personId } }: { person: CardWire }) {
  const { t } = useTranslation()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(timelineQuery(personId))
  const entries = data?.pages.flatMap(({ items }) => items) ?? []
  if (entries.length === 0) return null
  return (
    <CardSection title={t('customers.timeline.title')}>
      <ol className={classes.timeline}>
        {entries.map((entry) => (
          <li key={entry.id} className={classes.entry}>
            <TimelineWords entry={entry} />
            <Moment at={entry.at} className={classes.entryTime ?? ''} />
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button variant="subtle" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('customers.timeline.earlier')}
        </Button>
      )}
    </CardSection>
  )
}
