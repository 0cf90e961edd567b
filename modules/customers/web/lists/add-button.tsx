import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCan } from '#modules/access/web'

/** Begins a new card, for those who may. */
export function AddButton({ list, onAdd }: { list: 'people' | 'companies'; onAdd: () => void }) {
  const { t } = useTranslation()
  if (!useCan('customers.edit')) return null
  return (
    <Button size="xs" leftSection={<IconPlus size={16} />} onClick={onAdd}>
      {t(`customers.lists.add.${list}`)}
    </Button>
  )
}
