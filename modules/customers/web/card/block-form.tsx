import { Button, Group, Stack } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** A short form inside of a block: its own button, a way out, Escape too. */
export function BlockForm({
  submit,
  isReady,
  isPending,
  onSubmit,
  onClose,
  children,
}: {
  submit: string
  isReady: boolean
  isPending: boolean
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}) {
  const { t } = useTranslation()
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (isReady) onSubmit()
  }
  return (
    <form onSubmit={send} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <Stack gap={6} mb={6}>
        {children}
        <Group gap={6} justify="flex-end">
          <Button size="compact-xs" variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button size="compact-xs" type="submit" disabled={!isReady} loading={isPending}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
