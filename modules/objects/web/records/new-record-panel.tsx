import { Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomValues } from '#modules/objects/contract'
import type { ObjectDescription } from '#platform/shared/objects/object'
import { ApiProblem, Form, SidePanel } from '#platform/web'
import CustomFields from '../custom-fields.tsx'
import { CUSTOM } from '../undescribed.ts'
import { useLanguage } from '../use-language.ts'
import { useCreateRecord } from './records-api.ts'

interface NewRecordPanelProps {
  object: ObjectDescription
  isOpen: boolean
  onClose: () => void
  onCreated: (id: string) => void
}

/** Makes a record by hand: its name, and whatever else is known already. */
export function NewRecordPanel({ object, isOpen, onClose, onCreated }: NewRecordPanelProps) {
  const { label } = object
  const language = useLanguage()
  return (
    <SidePanel title={label.one[language]} isOpen={isOpen} onClose={onClose}>
      {isOpen && (
        <NewRecord
          object={object}
          onMade={(id) => {
            onClose()
            onCreated(id)
          }}
        />
      )}
    </SidePanel>
  )
}

function NewRecord({ object, onMade }: { object: ObjectDescription; onMade: (id: string) => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const create = useCreateRecord(object.key)
  const [name, setName] = useState('')
  const [custom, setCustom] = useState<CustomValues>(() => defaultsOf(object))
  const refused = create.error instanceof ApiProblem ? create.error.problem.errors?.map(({ path }) => path) : []
  const wrong = object.fields.filter(({ key }) => refused?.includes(key))
  return (
    <Form
      submit={t('objects.records.create')}
      isPending={create.isPending}
      isReady={name.trim() !== ''}
      error={wrong.length > 0 ? null : create.error}
      onSubmit={() => create.mutate({ name, custom }, { onSuccess: ({ id }) => onMade(id) })}
    >
      <Stack gap="md">
        <TextInput
          label={t('objects.records.name')}
          required
          data-autofocus
          maxLength={300}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div>
          <CustomFields
            object={object.key}
            values={custom}
            canEdit
            onSave={(patch) => setCustom((before) => ({ ...before, ...patch }))}
          />
        </div>
        {wrong.length > 0 && (
          <Text c="var(--mantine-color-error)" fz="sm" role="alert">
            {t('objects.records.wrong', { fields: wrong.map(({ label }) => label[language]).join(', ') })}
          </Text>
        )}
      </Stack>
    </Form>
  )
}

/** What a new record holds unless somebody says otherwise. */
const defaultsOf = ({ fields }: ObjectDescription): CustomValues =>
  Object.fromEntries(
    fields
      .filter((field) => field.default !== undefined && !field.isArchived)
      // A default was checked as a value of its field when the field was described.
      .map((field) => [field.key.slice(CUSTOM.length), field.default as CustomValues[string]]),
  )
