import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { LaidOutBlock } from '#modules/customers/contract'
import { ErrorState, givesWay } from '#platform/web'
import { cardQuery } from '../customers-api.ts'
import classes from './card.module.css'
import { CardWho } from './card-who.tsx'
import { usePersonBlocks } from './person-blocks.ts'

/** Who this is, in five seconds: stage, ways to reach them, companies, fields, what happened. */
export default function CustomerCard({ personId, layout }: { personId: string; layout?: readonly LaidOutBlock[] }) {
  const { t } = useTranslation()
  const { data: person, error, refetch } = useQuery(cardQuery(personId))
  const blocks = usePersonBlocks(layout)
  if (givesWay(person, error)) {
    const missing = { title: t('customers.missing.person'), to: '/people', back: t('customers.missing.toPeople') }
    return <ErrorState error={error} onRetry={() => void refetch()} missing={missing} />
  }
  if (!person) return <CardSkeleton />
  return (
    <div className={classes.card}>
      <CardWho person={person} />
      {blocks.map(({ id, component: Block }) => (
        <Suspense key={id}>
          <Block person={person} />
        </Suspense>
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
