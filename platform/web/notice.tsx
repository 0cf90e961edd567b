import { Box, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'

/** Something to mind now: shown once, unsaved, off. In the colours of notes, which reach their contrast in both schemes. */
export function Notice({ title, children, role }: { title?: string; children?: ReactNode; role?: 'status' | 'alert' }) {
  return (
    <Box
      p="md"
      bg="var(--okno-note)"
      bd="1px solid var(--okno-note-line)"
      style={{ borderRadius: 'var(--mantine-radius-md)' }}
      {...(role ? { role } : {})}
    >
      <Stack gap="xs">
        {title && (
          <Text fz="sm" fw={600} c="var(--okno-note-text)">
            {title}
          </Text>
        )}
        {children}
      </Stack>
    </Box>
  )
}
