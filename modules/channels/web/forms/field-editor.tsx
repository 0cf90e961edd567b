import { ActionIcon, Checkbox, Group, Select, Stack, TagsInput, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { cardFields, type FormField, formFieldTypes } from '#modules/channels/contract'
import classes from './form-builder.module.css'

/** One field of a form: what it is called, what may be typed, what of the card it fills. */
export function FieldEditor({
  field,
  error,
  isFirst,
  isLast,
  isOnly,
  onChange,
  onMove,
  onRemove,
}: {
  field: FormField
  error: string | undefined
  isFirst: boolean
  isLast: boolean
  isOnly: boolean
  onChange: (field: FormField) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}) {
  const { t } = useTranslation()
  const put = (patch: Partial<FormField>) => onChange({ ...field, ...patch })
  const { label } = field
  return (
    <fieldset className={classes.field} aria-label={label} style={{ margin: 0, minWidth: 0 }}>
      <Stack gap="sm">
        <div className={classes.fieldRow}>
          <TextInput
            label={t('channels.forms.label')}
            required
            withAsterisk={false}
            maxLength={200}
            value={label}
            error={error}
            onChange={(event) => put({ label: event.currentTarget.value })}
          />
          <Select
            label={t('channels.forms.fieldType')}
            allowDeselect={false}
            value={field.type}
            data={formFieldTypes.map((value) => ({ value, label: t(`channels.forms.fieldTypes.${value}`) }))}
            onChange={(type) => type && put({ type })}
          />
          <Select
            label={t('channels.forms.fills')}
            placeholder={t('channels.forms.fillsNothing')}
            clearable
            value={field.fills ?? null}
            data={cardFields.map((value) => ({ value, label: t(`channels.forms.cardFields.${value}`) }))}
            onChange={(fills) => put({ fills: fills ?? undefined })}
          />
        </div>
        {field.type === 'choice' && (
          <TagsInput
            label={t('channels.forms.choices')}
            description={t('channels.forms.choicesHint')}
            required
            withAsterisk={false}
            error={field.choices.length === 0 ? t('channels.forms.choicesNeeded') : undefined}
            value={field.choices}
            splitChars={[',']}
            onChange={(choices) => put({ choices })}
          />
        )}
        <Group justify="space-between" gap="xs">
          <Checkbox
            label={t('channels.forms.required')}
            checked={field.required}
            onChange={(event) => put({ required: event.currentTarget.checked })}
          />
          <Group gap={4}>
            <ActionIcon
              data-move="up"
              aria-label={t('channels.forms.up', { label })}
              disabled={isFirst}
              onClick={() => onMove(-1)}
            >
              <IconArrowUp size={16} />
            </ActionIcon>
            <ActionIcon
              data-move="down"
              aria-label={t('channels.forms.down', { label })}
              disabled={isLast}
              onClick={() => onMove(1)}
            >
              <IconArrowDown size={16} />
            </ActionIcon>
            <ActionIcon aria-label={t('channels.forms.removeField', { label })} disabled={isOnly} onClick={onRemove}>
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        </Group>
      </Stack>
    </fieldset>
  )
}
