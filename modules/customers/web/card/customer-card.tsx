import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { LaidOutBlock } from '#modules/customers/contract'
import { ErrorState, Initials } from '#platform/web'
import { cardQuery } from '../customers-api.ts'
import classes from './card.module.css'
import { usePersonBlocks } from './person-blocks.ts'

/** Who this is, in five seconds: stage, ways to reach them, companies, fields, what happened. */
export default function CustomerCard({ personId, layout }: { personId: string; layout?: readonly LaidOutBlock[] }) {
  const { t } = useTranslation()
  const { data: person, error, refetch } = useQuery(cardQuery(personId))
  const blocks = usePersonBlocks(layout)
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
      {blocks.map(({ id, component: Block }) => (
        <Block key={id} person={person} />
      ))}
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
