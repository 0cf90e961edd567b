import { Button } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { StateScreen } from '#platform/web'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <StateScreen icon={IconMapOff} title={t('shell.notFound')} text={t('shell.notFoundText')}>
      <Button component={Link} to="/inbox" variant="light" size="xs">
        {t('shell.toInbox')}
      </Button>
    </StateScreen>
  )
}
