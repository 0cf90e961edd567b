import { useTranslation } from 'react-i18next'
import { PlaceTab } from '#platform/web'

/** What of identity waits for people: cards that may be one person, addresses that several may use. */
export function IdentityTabs({ at }: { at: 'same' | 'shared' }) {
  const { t } = useTranslation()
  return (
    <span style={{ display: 'flex', flexWrap: 'wrap', gap: '4px 20px' }}>
      <PlaceTab to="/same-people" isHere={at === 'same'}>
        {t('customers.same.title')}
      </PlaceTab>
      <PlaceTab to="/shared-addresses" isHere={at === 'shared'}>
        {t('customers.sharedAddresses.title')}
      </PlaceTab>
    </span>
  )
}
