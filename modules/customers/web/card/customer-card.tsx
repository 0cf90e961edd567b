import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useMe } from '#modules/access/web'
import { ErrorState, Initials, useSlot } from '#platform/web'
import { cardQuery } from '../customers-api.ts'
import classes from './card.module.css'
import { CardCompanies } from './card-companies.tsx'
import { CardConsents } from './card-consents.tsx'
import { CardFields } from './card-fields.tsx'
import { CardIdentities } from './card-identities.tsx'
import { CardLikenesses } from './card-likenesses.tsx'
import { CardMerges } from './card-merges.tsx'
import { CardTimeline } from './card-timeline.tsx'

/** Who this is, in five seconds: stage, ways to reach them, companies, fields, what happened. */
export default function CustomerCard({ personId }: { personId: string }) {
  const { t } = useTranslation()
  const { permissions } = useMe()
  const { data: person, error, refetch } = useQuery(cardQuery(personId))
  const panels = useSlot('customerPanels').filter(({ permission }) => !permission || permissions.includes(permission))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!person) return <CardSkeleton />
  return (
    <div className={classes.card}>
      <div className={classes.who}>
        <Initials id={person.id} name={person.name} size={48} />
        <div style={{ minWidth: 0 }}>
          <h2 className={classes.name}>{person.name}</h2>
          <span className={classes.stage} data-stage={person.stage}>
            {t(`customers.stages.${person.stage}`)}
          </span>
        </div>
      </div>
      <CardLikenesses person={person} />
      <CardIdentities person={person} />
      <CardCompanies person={person} />
      <CardFields person={person} />
      {panels.map(({ id, title, component: Panel }) => (
        <section key={id} className={classes.section}>
          {title && <h3 className={classes.heading}>{t(title)}</h3>}
          <Panel personId={personId} />
        </section>
      ))}
      <CardConsents person={person} />
      <CardMerges person={person} />
      <CardTimeline personId={personId} />
    </div>
  )
}

function CardSkeleton() {
  return (
    <div className={classes.card}>
      <div className={classes.who}>
        <Skeleton circle height={48} />
        <Skeleton height={16} width="60%" />
      </div>
      <Skeleton height={12} width="80%" />
      <Skeleton height={12} width="70%" />
      <Skeleton height={12} width="75%" />
    </div>
  )
}
