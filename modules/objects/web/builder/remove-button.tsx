import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'

export const RemoveButton = ({ label, onRemove }: { label: string; onRemove: () => void }) => (
  <ActionIcon size="sm" color="gray" variant="subtle" aria-label={label} onClick={onRemove}>
    <IconX size={15} />
  </ActionIcon>
)
