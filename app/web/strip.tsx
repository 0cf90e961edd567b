import { useTranslation } from 'react-i18next'
import { useMe } from '#modules/access/web'
import { useSlot } from '#platform/web'
import classes from './shell.module.css'

/** The line along the bottom: the own day, and what modules add beside it. */
export function Strip() {
  const { t } = useTranslation()
  const { permissions } = useMe()
  const parts = useSlot('strip').filter(({ permission }) => !permission || permissions.includes(permission))
  if (parts.length === 0) return null
  return (
    <section className={classes.strip} aria-label={t('shell.strip')}>
      {parts.map(({ id, component: Part }) => (
        <Part key={id} />
      ))}
    </section>
  )
}
