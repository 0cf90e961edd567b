import { Button } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCan } from '#modules/access/web'

/** Leads to the import of this object, for those who may. */
export function ImportButton({ object }: { object: 'person' | 'company' }) {
  const { t } = useTranslation()
  if (!useCan('exchange.import')) return null
  return (
    <Button
      component={Link}
      to="/imports"
      search={{ object } as never}
      size="xs"
      variant="default"
      leftSection={<IconFileImport size={16} />}
    >
      {t('customers.lists.import')}
    </Button>
  )
}
