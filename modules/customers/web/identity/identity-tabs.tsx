import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from '../lists/lists.module.css'

const PLACES = { same: '/same-people', shared: '/shared-addresses' } as const
type Place = keyof typeof PLACES

/** What of identity waits for people: cards that may be one person, addresses that several may use. */
export function IdentityTabs({ at }: { at: Place }) {
  const { t } = useTranslation()
  const words = { same: t('customers.same.title'), shared: t('customers.sharedAddresses.title') }
  return (
    <span style={{ display: 'flex', flexWrap: 'wrap', gap: '4px 20px' }}>
      {(['same', 'shared'] as const).map((place) => (
        <Link
          key={place}
          to={PLACES[place]}
          className={classes.tab ?? ''}
          aria-current={place === at ? 'page' : undefined}
        >
          {words[place]}
        </Link>
      ))}
    </span>
  )
}
