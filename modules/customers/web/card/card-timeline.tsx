import { Anchor, Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Moment } from '#platform/web'
import { type CardWire, type TimelineWire, timelineQuery } from '../customers-api.ts'
import classes from './card.module.css'
import { CardSection } from './card-section.tsx'

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
            <Entry entry={entry} />
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

function Entry({ entry: { kind, object, objectId, data } }: { entry: TimelineWire }) {
  const { t } = useTranslation()
  const values = Object.fromEntries(Object.entries(data).filter(([, value]) => typeof value !== 'object'))
  const stage = typeof data.to === 'string' ? t([`customers.stages.${data.to}`, 'common.none']) : ''
  const purpose =
    typeof data.purpose === 'string'
      ? t([`customers.purposes.${data.purpose}`, 'customers.purposes.other'], { purpose: data.purpose })
      : ''
  // Each module names its own happenings: `inbox.conversation_closed` stands under inbox.timeline.
  const [module, name] = kind.split('.')
  const line = t([`${module}.timeline.${name}`, 'customers.timeline.other'], { kind, ...values, stage, purpose })
  // A chat has no subject: nothing follows the colon then.
  const words = line.replace(/:\s*$/, '')
  if (object === 'conversation' && objectId)
    return (
      <Anchor component={Link} to={`/inbox/${objectId}`} c="var(--okno-accent-text)" fz="sm">
        {words}
      </Anchor>
    )
  return <span>{words}</span>
}
