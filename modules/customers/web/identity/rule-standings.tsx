import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import classes from './identity.module.css'
import { matchingQuery } from './identity-api.ts'

/** How often people agreed with what each combination of signs suggested. */
export function RuleStandings() {
  const { t } = useTranslation()
  const { data } = useQuery(matchingQuery)
  const decided = data?.rules.filter(({ precision }) => precision !== null) ?? []
  if (decided.length === 0) return null
  const nameOf = (rule: string) =>
    rule
      .split('+')
      .map((field) => t([`customers.same.fields.${field}`, 'customers.same.fields.other'], { field }))
      .join(' + ')
  return (
    <section>
      <h2 className={classes.rules}>{t('customers.same.rules')}</h2>
      <ul className={classes.evidence} aria-label={t('customers.same.rules')}>
        {decided.map(({ rule, merged, dismissed, open, precision }) => (
          <li key={rule}>
            <span>
              {nameOf(rule)}
              <span className={classes.values}>{t('customers.same.rule', { merged, dismissed, open })}</span>
            </span>
            <span className="okno-numbers">
              {t('customers.same.precision', { percent: Math.round((precision ?? 0) * 100) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
