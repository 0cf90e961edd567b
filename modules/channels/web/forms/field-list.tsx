import { Button, Stack } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormField } from '#modules/channels/contract'
import { FieldEditor } from './field-editor.tsx'
import { moved, newField } from './form-config.ts'

const MAX_FIELDS = 30

/** What the form asks for, in its order. Buttons move a field, and keep the focus with it. */
export function FieldList({
  fields,
  errors,
  onChange,
}: {
  fields: FormField[]
  errors: Readonly<Record<string, string>>
  onChange: (fields: FormField[]) => void
}) {
  const { t } = useTranslation()
  const list = useRef<HTMLDivElement>(null)
  const move = (index: number, by: -1 | 1) => {
    onChange(moved(fields, index, by))
    const name = by < 0 ? 'up' : 'down'
    requestAnimationFrame(() =>
      list.current?.querySelectorAll<HTMLButtonElement>(`[data-move="${name}"]`)[index + by]?.focus(),
    )
  }
  return (
    <Stack gap="sm" ref={list}>
      {fields.map((field, index) => (
        <FieldEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: the key of a field is typed here, so it cannot name the row
          key={index}
          field={field}
          error={errors[`config.fields.${index}.label`] ?? errors[`config.fields.${index}.key`]}
          isFirst={index === 0}
          isLast={index === fields.length - 1}
          isOnly={fields.length === 1}
          onChange={(next) => onChange(fields.with(index, next))}
          onMove={(by) => move(index, by)}
          onRemove={() => onChange(fields.toSpliced(index, 1))}
        />
      ))}
      {fields.length < MAX_FIELDS && (
        <Button
          variant="default"
          w="fit-content"
          leftSection={<IconPlus size={16} />}
          onClick={() => onChange([...fields, newField(fields, t('channels.forms.newField'))])}
        >
          {t('channels.forms.addField')}
        </Button>
      )}
    </Stack>
  )
}
