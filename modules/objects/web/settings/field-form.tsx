import { Checkbox, Select, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomValues } from '#modules/objects/contract'
import { roles } from '#platform/shared/actor'
import { type FieldType, fieldTypes } from '#platform/shared/objects/field-types'
import type { Field, FieldOption, Language, ObjectDescription } from '#platform/shared/objects/object'
import { Form, fieldErrors, notify } from '#platform/web'
import { objectsQuery, useAddField, useChangeField } from '../objects-api.ts'
import { useLanguage } from '../use-language.ts'
import { DefaultInput, mayHaveDefault } from './default-input.tsx'
import { FormulaEditor } from './formula-editor.tsx'
import { OptionsEditor } from './options-editor.tsx'
import { renamed } from './renamed.ts'

interface FieldFormProps {
  object: ObjectDescription
  /** Null for a new one. */
  field: Field | null
  onDone: () => void
}

/** Types whose values are held apart when the field is unique. */
const UNIQUE_TYPES: readonly FieldType[] = ['text', 'number', 'phone', 'email', 'url', 'reference']

/** Describes a field. What has values already keeps its type. */
export function FieldForm({ object, field, onDone }: FieldFormProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const add = useAddField(object.key)
  const change = useChangeField(object.key, field?.key ?? '')
  const save = field ? change : add
  const { data: objects = [] } = useQuery(objectsQuery)
  const [draft, setDraft] = useState(() => draftOf(field, language))
  const put = (patch: Partial<Draft>) => setDraft({ ...draft, ...patch })
  const errors = fieldErrors(t, save.error)
  const isFormula = draft.type === 'formula'
  const isChoice = draft.type === 'choice' || draft.type === 'multi_choice'
  const done = {
    onSuccess: () => {
      void notify(t('common.saved'))
      onDone()
    },
  }
  const submit = () => {
    const common = commonOf(draft, field, language)
    return field ? change.mutate(common, done) : add.mutate({ ...common, ...newOf(draft) }, done)
  }
  return (
    <Form
      submit={field ? t('common.save') : t('objects.field.add')}
      isPending={save.isPending}
      isReady={
        draft.label.trim() !== '' &&
        (!isChoice || draft.options.length > 0) &&
        (!isFormula || draft.formula.trim() !== '')
      }
      error={save.error}
      onSubmit={submit}
    >
      <Stack gap="md">
        <TextInput
          label={t('objects.field.label')}
          required
          data-autofocus
          maxLength={200}
          value={draft.label}
          error={errors.label}
          onChange={(event) => put({ label: event.currentTarget.value })}
        />
        <Select
          label={t('objects.field.type')}
          description={field ? t('objects.field.typeStays') : undefined}
          disabled={field !== null}
          allowDeselect={false}
          searchable
          value={draft.type}
          data={fieldTypes.map((value) => ({ value, label: t(`objects.types.${value}`) }))}
          onChange={(next) =>
            put({ type: fieldTypes.find((type) => type === next) ?? draft.type, isUnique: false, initial: null })
          }
        />
        {isChoice && (
          <OptionsEditor
            options={draft.options}
            known={field?.options ?? []}
            onChange={(options) => put({ options })}
          />
        )}
        {draft.type === 'reference' && (
          <Select
            label={t('objects.field.target')}
            required
            disabled={field !== null}
            value={draft.target}
            error={errors.target}
            data={objects.map(({ key, label }) => ({ value: key, label: label.one[language] }))}
            onChange={(target) => put({ target: target ?? '', initial: null })}
          />
        )}
        {isFormula && <FormulaEditor object={object} value={draft.formula} onChange={(formula) => put({ formula })} />}
        <TextInput
          label={t('objects.field.help')}
          maxLength={200}
          value={draft.help}
          onChange={(event) => put({ help: event.currentTarget.value })}
        />
        {!isFormula && (
          <Checkbox
            label={t('objects.field.isRequired')}
            checked={draft.isRequired}
            onChange={(event) => put({ isRequired: event.currentTarget.checked })}
          />
        )}
        {mayHaveDefault(draft.type, draft.isUnique) && (
          <DefaultInput
            field={draft}
            value={draft.initial}
            error={errors.default}
            onChange={(initial) => put({ initial })}
          />
        )}
        {UNIQUE_TYPES.includes(draft.type) && (
          <Checkbox
            label={t('objects.field.isUnique')}
            checked={draft.isUnique}
            onChange={(event) => put({ isUnique: event.currentTarget.checked })}
          />
        )}
        <Select
          label={t('objects.field.readableBy')}
          allowDeselect={false}
          value={draft.read}
          data={roles.map((value) => ({ value, label: t(`objects.roles.${value}`) }))}
          onChange={(next) => put({ read: roles.find((role) => role === next) ?? draft.read })}
        />
        {!isFormula && (
          <Select
            label={t('objects.field.editableBy')}
            allowDeselect={false}
            value={draft.edit}
            data={roles.map((value) => ({ value, label: t(`objects.roles.${value}`) }))}
            onChange={(next) => put({ edit: roles.find((role) => role === next) ?? draft.edit })}
          />
        )}
      </Stack>
    </Form>
  )
}

interface Draft {
  label: string
  help: string
  type: FieldType
  options: FieldOption[]
  target: string
  formula: string
  /** What new objects hold; null: nothing. */
  initial: CustomValues[string]
  isRequired: boolean
  isUnique: boolean
  read: (typeof roles)[number]
  edit: (typeof roles)[number]
}

const draftOf = (field: Field | null, language: Language): Draft => ({
  label: field?.label[language] ?? '',
  help: field?.help?.[language] ?? '',
  type: field?.type ?? 'text',
  options: field?.options ?? [],
  target: field?.target ?? 'person',
  formula: field?.formula ?? '',
  initial: (field?.default ?? null) as CustomValues[string],
  isRequired: field?.isRequired ?? false,
  isUnique: field?.isUnique ?? false,
  read: field?.rights.read ?? 'operator',
  edit: field?.rights.edit ?? 'operator',
})

const commonOf = (draft: Draft, field: Field | null, language: Language) => ({
  label: renamed(field?.label, draft.label.trim(), language),
  help: draft.help.trim() === '' ? null : renamed(field?.help, draft.help.trim(), language),
  isRequired: draft.isRequired,
  isUnique: draft.isUnique,
  rights: { read: draft.read, edit: draft.edit },
  ...(draft.type === 'formula' || draft.type === 'file' ? {} : { default: defaultOf(draft) }),
  ...(draft.type === 'choice' || draft.type === 'multi_choice' ? { options: draft.options } : {}),
  ...(draft.type === 'formula' ? { formula: draft.formula } : {}),
})

/** What only a new field is told: it stays. */
const newOf = ({ type, target }: Draft) => ({ type, ...(type === 'reference' ? { target } : {}) })

/** The default as it is sent: without choices that were taken away since. */
function defaultOf({ type, isUnique, initial, options }: Draft): CustomValues[string] {
  if (!mayHaveDefault(type, isUnique)) return null
  const isOffered = (key: unknown) => options.some((option) => option.key === key && !option.isArchived)
  if (type === 'choice') return isOffered(initial) ? initial : null
  if (type !== 'multi_choice') return initial
  const kept = Array.isArray(initial) ? initial.filter(isOffered) : []
  return kept.length > 0 ? kept : null
}
