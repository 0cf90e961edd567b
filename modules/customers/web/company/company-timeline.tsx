import { Anchor, Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import card from '../card/card.module.css'
import { CardSection } from '../card/card-section.tsx'
import { isMissing, MissingSection } from '../card/missing-section.tsx'
import { TimelineWords } from '../card/timeline-words.tsx'
import { CompanyTime } from '../company-time.tsx'
import { type CompanyTimelineWire, companyTimelineQuery } from './company-api.ts'
import type { CompanyBlockProps } from './company-blocks.ts'

/** What happened with the company and with those who worked there at the time, newest first. */
export function CompanyTimeline({ company: { id } }: CompanyBlockProps) {
  const { t } = useTranslation()
  const reading = useInfiniteQuery(companyTimelineQuery(id))
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = reading
  if (isMissing(reading)) return <MissingSection title={t('customers.timeline.title')} reading={reading} />
  const entries = data?.pages.flatMap(({ items }) => items) ?? []
  if (entries.length === 0) return null
  return (
    <CardSection title={t('customers.timeline.title')}>
      <ol className={card.timeline}>
        {entries.map((entry) => (
          <li key={entry.id} className={card.entry}>
            <Words entry={entry} />
            <span className={card.entryTime}>
              {entry.person && (
                <>
                  <Anchor
                    component={Link}
                    to={`/people/${entry.person.id}`}
                    fz="inherit"
                    c="inherit"
                    underline="always"
                  >
                    {entry.person.name}
                  </Anchor>
                  {' · '}
                </>
              )}
              <CompanyTime at={entry.at} />
            </span>
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

function Words({ entry }: { entry: CompanyTimelineWire }) {
  const { t } = useTranslation()
  const { kind, data } = entry
  if (kind !== 'customers.company_changed') return <TimelineWords entry={entry} />
  const fields = String(data.fields ?? '')
    .split(', ')
    .map((field) => t([`customers.company.${field}`, `customers.fields.${field}`, 'customers.company.otherField']))
  const names = [...new Set(fields)].join(', ')
  return (
    <span>
      {t('customers.timeline.company_changed', { fields: names, operatorName: String(data.operatorName ?? '') })}
    </span>
  )
}
