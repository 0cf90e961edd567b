import { Anchor } from '@mantine/core'
import { IconBuildings } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { CompanyLikeness } from '#modules/customers/contract'
import card from '../card/card.module.css'
import type { CompanyBlockProps } from './company-blocks.ts'

/** Other companies that may be this one: a word of warning, nothing is forbidden. */
export function CompanyLikenesses({ company: { likenesses } }: CompanyBlockProps) {
  return <LikeCompanies companies={likenesses} />
}

export function LikeCompanies({ companies }: { companies: readonly CompanyLikeness[] }) {
  const { t } = useTranslation()
  if (companies.length === 0) return null
  return (
    <section className={card.likeness} aria-label={t('customers.company.maybeSame')} aria-live="polite">
      <strong>
        <IconBuildings size={14} style={{ verticalAlign: -2 }} aria-hidden /> {t('customers.company.maybeSame')}
      </strong>
      {companies.map(({ id, name, city, same }) => (
        <div key={id} className={card.like}>
          <Anchor component={Link} to={`/companies/${id}`} fz="sm" fw={600} c="inherit" underline="always">
            {name}
          </Anchor>
          <span>{[...same.map((what) => t(`customers.company.same.${what}`)), city].filter(Boolean).join(' · ')}</span>
        </div>
      ))}
    </section>
  )
}
