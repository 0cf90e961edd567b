import { ActionIcon, Tooltip } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import classes from './card.module.css'
import { CardSection } from './card-section.tsx'

/**
 * A block to which operators add. Who may not add sees nothing of it while it is empty; who may is told what would stand there. `form` is
 * opened by the plus and closes itself.
 */
export function GrowingSection({
  title,
  add,
  hint,
  canAdd,
  isEmpty,
  form,
  children,
}: {
  title: string
  /** Name of the plus. */
  add: string
  hint: string
  canAdd: boolean
  isEmpty: boolean
  form: (close: () => void) => ReactNode
  children: ReactNode
}) {
  const [isOpen, setOpen] = useState(false)
  if (isEmpty && !canAdd) return null
  const plus = canAdd && (
    <Tooltip label={add}>
      <ActionIcon size={24} variant="subtle" aria-label={add} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <IconPlus size={15} />
      </ActionIcon>
    </Tooltip>
  )
  return (
    <CardSection title={title} action={plus}>
      {isOpen && form(() => setOpen(false))}
      {isEmpty && !isOpen && <span className={classes.hint}>{hint}</span>}
      {children}
    </CardSection>
  )
}
