import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { LaidOutBlock } from '#modules/customers/contract'
import { ErrorState, givesWay, Initials, LoadingState } from '#platform/web'
import card from '../card/card.module.css'
import { companyQuery } from '../customers-api.ts'
import { useCompanyBlocks } from './company-blocks.ts'

/** A company: who is there and decides what, what it is in law, where it stands in its group, what happened. */
export function CompanyCard({ companyId, layout }: { companyId: string; layout?: readonly LaidOutBlock[] }) {
  const { t } = useTranslation()
  const { data: company, error, refetch } = useQuery(companyQuery(companyId))
  const blocks = useCompanyBlocks(layout)
  if (givesWay(company, error)) {
    const back = t('customers.missing.toCompanies')
    const missing = { title: t('customers.missing.company'), to: '/companies', back }
    return <ErrorState error={error} onRetry={() => void refetch()} missing={missing} />
  }
  if (!company) return <LoadingState />
  const { name, inn, city, industry } = company
  const facts = [inn && t('customers.company.innIs', { inn }), city, industry].filter(Boolean)
  return (
    <div className={card.card}>
      <div className={card.who}>
        <Initials id={companyId} name={name} size={48} />
        <div style={{ minWidth: 0 }}>
          <h2 className={card.name}>{name}</h2>
          <span className={card.proof}>{facts.join(' · ')}</span>
        </div>
      </div>
      {blocks.map(({ id, component: Block }) => (
        <Suspense key={id}>
          <Block company={company} />
        </Suspense>
      ))}
    </div>
  )
}
