import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** Work that stands beside the page instead of in its place: a form, a preview. The whole screen on a phone. */
export function SidePanel({
  title,
  isOpen,
  onClose,
  children,
  size = 460,
}: {
  title: ReactNode
  isOpen: boolean
  onClose: () => void
  children: ReactNode
  size?: number | string
}) {
  const { t } = useTranslation()
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      size={`min(100%, ${typeof size === 'number' ? `${size}px` : size})`}
      title={title}
      padding="lg"
      styles={{ title: { fontWeight: 600, fontSize: 'var(--mantine-font-size-lg)', lineHeight: 1.3 } }}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {children}
    </Drawer>
  )
}
