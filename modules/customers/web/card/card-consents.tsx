import { IconSignature } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Moment } from '#platform/web'
import type { CardWire } from '../customers-api.ts'
import classes from './card.module.css'
import { CardSection } from './card-section.tsx'

/** What the person agreed to, when, and in which words. */
export function CardConsents({ person: { consents } }: { person: CardWire }) {
  const { t } = useTranslation()
  if (consents.length === 0) return null
  return (
    <CardSection title={t('customers.consents')}>
      {consents.map(({ id, purpose, text, textVersion, givenAt, withdrawnAt }) => (
        <div key={id} className={classes.identity} title={t('customers.consentText', { version: textVersion, text })}>
          <IconSignature size={15} stroke={1.6} aria-hidden />
          <span
            className={`${classes.value} okno-clip`}
            style={withdrawnAt ? { textDecoration: 'line-through' } : undefined}
          >
            {t([`customers.purposes.${purpose}`, 'customers.purposes.other'], { purpose })}
          </span>
          <span className={classes.proof}>
            {withdrawnAt ? t('customers.withdrawn') : null} <Moment at={withdrawnAt ?? givenAt} />
          </span>
        </div>
      ))}
    </CardSection>
  )
}
