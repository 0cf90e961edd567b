import { useTranslation } from 'react-i18next'
import { PlaceTabs } from '#platform/web'
import { LIST_PATH } from '../use-inbox-address.ts'

/** The name of the table, and the way back to the queue. */
export function ListHeading() {
  const { t } = useTranslation()
  const places = [
    { to: '/inbox', name: t('inbox.queue.title'), isHere: false },
    { to: LIST_PATH, name: t('inbox.list.title'), isHere: true },
  ]
  return <PlaceTabs label={t('inbox.list.which')} places={places} />
}
