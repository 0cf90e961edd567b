import { Button, Group, Stack } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** A short form inside of a block: its own button, a way out, Escape too. Takes the focus, and gives it back to what opened it. */
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
  const form = useRef<HTMLFormElement>(null)
  // Before a box inside takes the focus by itself.
  const [opener] = useState(() => document.activeElement)
  useEffect(() => {
    if (!form.current?.contains(document.activeElement))
      form.current?.querySelector<HTMLElement>('input, textarea')?.focus()
    return () => {
      // Whoever works elsewhere by now is not called back.
      const isLost = document.activeElement === document.body
      if (isLost && opener instanceof HTMLElement && opener.isConnected) opener.focus()
    }
  }, [opener])
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (isReady) onSubmit()
  }
  return (
    <form ref={form} onSubmit={send} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
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
