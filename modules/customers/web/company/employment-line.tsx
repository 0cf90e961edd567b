import { useTranslation } from 'react-i18next'
import classes from './company.module.css'
import type { EmploymentWire } from './company-api.ts'

/** As what, with which part in buying, since and until when. */
export function EmploymentLine({ employment: { position, roles, since, until } }: { employment: EmploymentWire }) {
  const { t, i18n } = useTranslation()
  const day = (date: string) =>
    new Intl.DateTimeFormat(i18n.language, { month: '2-digit', year: 'numeric', timeZone: 'UTC' }).format(
      new Date(date),
    )
  const span =
    since && until
      ? t('customers.employment.between', { since: day(since), until: day(until) })
      : since
        ? t('customers.employment.since', { since: day(since) })
        : until && t('customers.employment.until', { until: day(until) })
  const words = [position, span].filter(Boolean).join(', ')
  if (words === '' && roles.length === 0) return null
  return (
    <span className={classes.line}>
      {words && <span className={classes.quiet}>{words}</span>}
      {roles.map((role) => (
        <span key={role} className={classes.role}>
          {t(`customers.employment.roles.${role}`)}
        </span>
      ))}
    </span>
  )
}
