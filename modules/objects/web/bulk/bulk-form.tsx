import { Input, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BulkOp, CustomValues } from '#modules/objects/contract'
import type { Field, ObjectDescription } from '#platform/shared/objects/object'
import { Form } from '#platform/web'
import { useLanguage } from '../use-language.ts'
import { ValueEditor } from '../value-editor.tsx'
import { type BulkDraft, useStartBulkEdit } from './bulk-api.ts'

interface BulkFormProps {
  described: ObjectDescription
  /** How many are chosen, as it is said. */
  many: string
  chosen: Pick<BulkDraft, 'ids' | 'condition'>
  onStarted: (editId: string) => void
}

/** Many can hold the same in such a field. */
const isBulkField = (field: Field) =>
  field.can.edit && !field.isUnique && field.type !== 'file' && (!field.isMany || field.type === 'multi_choice')

const opsOf = (field: Field): BulkOp[] => [
  ...(field.type === 'multi_choice' ? (['add', 'remove'] as const) : []),
  'set',
  ...(field.isRequired ? [] : (['clear'] as const)),
]

/** Which field of the chosen gets which value. */
export function BulkForm({ described, many, chosen, onStarted }: BulkFormProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const start = useStartBulkEdit(described.key)
  const fields = described.fields.filter(isBulkField)
  const [field, setField] = useState<Field | null>(null)
  const [op, setOp] = useState<BulkOp>('set')
  const [value, setValue] = useState<CustomValues[string]>(null)
  const choose = (key: string | null) => {
    const next = fields.find((one) => one.key === key) ?? null
    setField(next)
    setOp((next && opsOf(next)[0]) ?? 'set')
    setValue(null)
  }
  const submit = () => {
    if (!field) return
    start.mutate(
      { ...chosen, field: field.key, op, value: op === 'clear' ? null : value },
      { onSuccess: ({ id }) => onStarted(id) },
    )
  }
  return (
    <Form
      submit={t('objects.bulk.apply', { many })}
      isPending={start.isPending}
      isReady={field !== null}
      error={start.error}
      onSubmit={submit}
    >
      <Stack gap="md">
        <Select
          label={t('objects.bulk.field')}
          required
          data-autofocus
          searchable
          value={field?.key ?? null}
          data={fields.map(({ key, label }) => ({ value: key, label: label[language] }))}
          onChange={choose}
        />
        {field && (
          <SegmentedControl
            aria-label={t('objects.bulk.op')}
            value={op}
            data={opsOf(field).map((one) => ({ value: one, label: t(`objects.bulk.ops.${one}`) }))}
            onChange={setOp}
          />
        )}
        {field && op !== 'clear' && (
          <Input.Wrapper label={t('objects.builder.value')}>
            <ValueEditor
              key={field.key}
              field={field}
              label={t('objects.builder.value')}
              value={value}
              onSave={setValue}
              onCancel={() => undefined}
            />
          </Input.Wrapper>
        )}
        <Text fz="sm" c="dimmed">
          {t('objects.bulk.hint')}
        </Text>
      </Stack>
    </Form>
  )
}
