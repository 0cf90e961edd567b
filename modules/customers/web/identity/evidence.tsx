import { useTranslation } from 'react-i18next'
import type { PairEvidence } from '#modules/customers/contract'
import classes from './identity.module.css'

/** What speaks for and against one person, the weightiest first: in words, with both values and the weight in bits. */
export function EvidenceList({ evidence }: { evidence: readonly PairEvidence[] }) {
  const { t, i18n } = useTranslation()
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1, signDisplay: 'always' })
  return (
    <ul className={classes.evidence} aria-label={t('customers.same.evidence')}>
      {evidence.map(({ field, level, weight, a, b }) => (
        <li key={field} data-speaks={weight >= 0 ? 'for' : 'against'}>
          <span>
            {t([`customers.same.fields.${field}`, 'customers.same.fields.other'], { field })}:{' '}
            {t([`customers.same.levels.${level}`, 'customers.same.levels.other'], { level })}
            <span className={classes.values}>{a === b ? a : t('customers.same.pair', { a, b })}</span>
          </span>
          <span className={`${classes.weight} okno-numbers`}>
            {t('customers.same.weight', { weight: number.format(weight) })}
          </span>
        </li>
      ))}
    </ul>
  )
}
