import { IconBuilding } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CardWire } from '../customers-api.ts'
import classes from './card.module.css'
import { CardSection } from './card-section.tsx'

/** Where this person works, and as what: several companies are ordinary. */
export function CardCompanies({ person: { employments } }: { person: CardWire }) {
  const { t } = useTranslation()
  if (employments.length === 0) return null
  return (
    <CardSection title={t('customers.companies')}>
      {employments.map(({ id, companyName, position }) => (
        <div key={id} className={classes.identity}>
          <IconBuilding size={15} stroke={1.6} aria-hidden />
          <span className={`${classes.value} okno-clip`} title={companyName}>
            {companyName}
          </span>
          {position && <span className={`${classes.proof} okno-clip`}>{position}</span>}
        </div>
      ))}
    </CardSection>
  )
}
