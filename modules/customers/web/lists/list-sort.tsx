import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useDescribe } from '#modules/objects/web'
import { useListAddress } from './use-list-address.ts'

/** In which order a list stands: by any field with an order, either way. */
export function ListSort({ list }: { list: 'people' | 'companies' }) {
  const { t, i18n } = useTranslation()
  const { filter, change } = useListAddress(list)
  const describe = useDescribe()
  const fields = describe?.(list === 'people' ? 'person' : 'company')?.fields.filter(({ can }) => can.sort) ?? []
  const data = fields.flatMap(({ key, type, label }) => {
    const field = label[i18n.language === 'ru' ? 'ru' : 'en']
    const kind = type === 'datetime' || type === 'date' ? 'time' : 'rest'
    return [
      { value: key, label: t(`customers.lists.sorts.up.${kind}`, { field }) },
      { value: `-${key}`, label: t(`customers.lists.sorts.down.${kind}`, { field }) },
    ]
  })
  return (
    <Select
      flex="1 1 150px"
      maw={240}
      aria-label={t('customers.lists.sort')}
      allowDeselect={false}
      searchable={data.length > 12}
      value={filter.sort}
      data={data}
      onChange={(sort) => change({ sort: sort ?? undefined })}
    />
  )
}
