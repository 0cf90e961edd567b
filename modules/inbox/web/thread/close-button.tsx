import { Button } from '@mantine/core'
import { IconCheck, IconRotate } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

export function CloseButton({
  isClosed,
  isBusy,
  onToggle,
}: {
  isClosed: boolean
  isBusy: boolean
  onToggle: () => void
}) {
  const { t } = useTranslation()
  return (
    <Button
      size="xs"
      variant={isClosed ? 'default' : 'light'}
      leftSection={isClosed ? <IconRotate size={15} /> : <IconCheck size={15} />}
      loading={isBusy}
      onClick={onToggle}
    >
      {isClosed ? t('inbox.reopen') : t('inbox.close')}
    </Button>
  )
}
