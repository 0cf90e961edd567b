import { Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'

/** A choice with its name beside it. */
export function ProfileRow({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Group justify="space-between" role="group" aria-label={label}>
      <Text fz="sm">{label}</Text>
      {children}
    </Group>
  )
}
