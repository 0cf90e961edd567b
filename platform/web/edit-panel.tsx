import { Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmButton } from './confirm-button.tsx'
import { notify } from './notify.tsx'
import { problemText } from './problem-text.ts'
import { SidePanel } from './side-panel.tsx'

/** Where one row of a list is changed, or a new one made. `opened` is the row, `new`, or nothing. */
export function EditPanel<Item extends object>({
  opened,
  newTitle,
  titleOf,
  onClose,
  size,
  children,
}: {
  opened: Item | 'new' | null
  newTitle: string
  titleOf: (item: Item) => string
  onClose: () => void
  size?: number
  /** Gets null for a new one. */
  children: (item: Item | null) => ReactNode
}) {
  return (
    <SidePanel
      title={opened === 'new' ? newTitle : opened && titleOf(opened)}
      isOpen={opened !== null}
      onClose={onClose}
      {...(size ? { size } : {})}
    >
      {opened !== null && <Stack gap="xl">{children(opened === 'new' ? null : opened)}</Stack>}
    </SidePanel>
  )
}

/** Deletes the row for good, after asking. */
export function DeleteButton({
  id,
  words,
  question,
  remove,
  onDone,
}: {
  id: string
  words: string
  question: string
  remove: {
    isPending: boolean
    mutate: (id: string, then: { onSuccess: () => void; onError: (error: Error) => void }) => void
  }
  /** Where the button still stands when it is done. */
  onDone?: () => void
}) {
  const { t } = useTranslation()
  const onError = (error: Error) => void notify(problemText(t, error), 'bad')
  return (
    <div>
      <ConfirmButton
        size="sm"
        question={question}
        confirm={words}
        isPending={remove.isPending}
        onConfirm={() => remove.mutate(id, { onSuccess: () => onDone?.(), onError })}
      >
        {words}
      </ConfirmButton>
    </div>
  )
}
