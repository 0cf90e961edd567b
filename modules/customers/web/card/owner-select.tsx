import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { operatorsQuery } from '#modules/access/web'

interface OwnerSelectProps {
  ownerId: string | null
  onChoose: (ownerId: string | null) => void
  onDone: () => void
}

/** Who looks after this customer. Open from the start: it stands where its value was clicked. */
export default function OwnerSelect({ ownerId, onChoose, onDone }: OwnerSelectProps) {
  const { t } = useTranslation()
  const { data: operators = [] } = useQuery(operatorsQuery)
  return (
    <Select
      size="xs"
      autoFocus
      defaultDropdownOpened
      searchable
      clearable
      aria-label={t('customers.fields.owner')}
      value={ownerId}
      data={operators.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(chosen) => {
        onDone()
        onChoose(chosen)
      }}
      onBlur={onDone}
    />
  )
}
