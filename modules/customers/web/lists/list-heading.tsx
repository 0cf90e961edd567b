import { useTranslation } from 'react-i18next'
import { PlaceTabs } from '#platform/web'

/** Name of a list of customers and the way to the other one. */
export function ListHeading({ list }: { list: 'people' | 'companies' }) {
  const { t } = useTranslation()
  const places = (['people', 'companies'] as const).map((one) => ({
    to: `/${one}`,
    name: t(`customers.${one}`),
    isHere: one === list,
  }))
  return <PlaceTabs label={t('customers.lists.which')} places={places} />
}
