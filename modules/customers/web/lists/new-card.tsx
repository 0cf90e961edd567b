import { Stack, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Form, SidePanel } from '#platform/web'

export interface NewCardProps {
  isOpen: boolean
  onClose: () => void
  onCreated: (id: string) => void
}

/** The panel in which a card is opened by hand. Once it is made, the panel gives way to the card. */
export function NewCardPanel({
  title,
  isOpen,
  onClose,
  onCreated,
  children,
}: NewCardProps & { title: string; children: (onMade: (made: { id: string }) => void) => ReactNode }) {
  const onMade = ({ id }: { id: string }) => {
    onClose()
    onCreated(id)
  }
  return (
    <SidePanel title={title} isOpen={isOpen} onClose={onClose}>
      {children(onMade)}
    </SidePanel>
  )
}

/** Form of a new card. */
export function NewCardForm({
  create,
  isReady,
  onSubmit,
  children,
}: {
  create: { isPending: boolean; error: Error | null }
  isReady: boolean
  onSubmit: () => void
  children: ReactNode
}) {
  const { t } = useTranslation()
  return (
    <Form
      submit={t('customers.lists.create')}
      onSubmit={onSubmit}
      isPending={create.isPending}
      isReady={isReady}
      error={create.error}
      isMaking
    >
      <Stack gap="md">{children}</Stack>
    </Form>
  )
}

interface FieldProps {
  value: string
  onChange: (value: string) => void
}

export function CityField({ value, onChange }: FieldProps) {
  const { t } = useTranslation()
  return (
    <TextInput
      label={t('customers.fields.city')}
      maxLength={200}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

export function NoteField({ value, onChange }: FieldProps) {
  const { t } = useTranslation()
  return (
    <Textarea
      label={t('customers.fields.note')}
      autosize
      minRows={2}
      maxRows={8}
      maxLength={20_000}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
