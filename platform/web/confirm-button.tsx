import { Button, Group, Popover, Stack, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** A button for what is not easily undone: it asks once, in place, and says what will follow. */
export function ConfirmButton({
  children,
  question,
  confirm,
  onConfirm,
  isPending = false,
  size = 'xs',
  label,
}: {
  children: ReactNode
  question: string
  /** Words of the button that does it. */
  confirm: string
  onConfirm: () => void
  isPending?: boolean
  size?: string
  /** Name for screen readers, when the words alone do not tell which row is meant. */
  label?: string
}) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover opened={isOpen} onChange={setOpen} width={280} position="bottom-end" trapFocus withArrow>
      <Popover.Target>
        <Button
          variant="subtle"
          color="red"
          c="var(--mantine-color-error)"
          size={size}
          loading={isPending}
          onClick={() => setOpen(true)}
          {...(label ? { 'aria-label': label } : {})}
        >
          {children}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Text fz="sm">{question}</Text>
          <Group gap="xs" justify="flex-end">
            <Button size="xs" variant="default" onClick={() => setOpen(false)}>
              {t('common.cancel')}
            </Button>
            <Button
              size="xs"
              color="red.9"
              onClick={() => {
                setOpen(false)
                onConfirm()
              }}
            >
              {confirm}
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
