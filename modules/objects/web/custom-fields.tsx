import { UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomValues } from '#modules/objects/contract'
import type { Field } from '#platform/shared/objects/object'
import classes from './custom-fields.module.css'
import { FormulaRows } from './formula-rows.tsx'
import { namesOfQuery, useDescribe } from './objects-api.ts'
import { CUSTOM } from './undescribed.ts'
import { useLanguage } from './use-language.ts'
import { ValueEditor } from './value-editor.tsx'
import { valueText } from './value-text.ts'

interface CustomFieldsProps {
  object: string
  /** Whose fields they are; without it nothing is computed, as for one that is being made. */
  id?: string
  values: CustomValues
  canEdit: boolean
  /** One field's new value; null = empty. */
  onSave: (patch: CustomValues) => void
}

/** Custom fields of one object, changed where they stand; behind them what formulas make of them. */
export default function CustomFields({ object, id, values, canEdit, onSave }: CustomFieldsProps) {
  const described = useDescribe()?.(object)
  const own = described?.fields.filter(({ key, isArchived }) => key.startsWith(CUSTOM) && !isArchived) ?? []
  const [formulas = [], fields = []] = [true, false].map((isFormula) =>
    own.filter(({ type }) => (type === 'formula') === isFormula),
  )
  return (
    <>
      {fields.map((field) => (
        <FieldRow
          key={field.key}
          field={field}
          value={values[field.key.slice(CUSTOM.length)]}
          canEdit={canEdit && field.can.edit}
          onSave={(value) => onSave({ [field.key.slice(CUSTOM.length)]: value })}
        />
      ))}
      {id && formulas.length > 0 && <FormulaRows object={object} id={id} fields={formulas} values={values} />}
    </>
  )
}

interface FieldRowProps {
  field: Field
  value: CustomValues[string] | undefined
  canEdit: boolean
  onSave: (value: CustomValues[string]) => void
}

/** The name of a field and its value, changed where it stands. */
export function FieldRow({ field, value, canEdit, onSave }: FieldRowProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [isOpen, setOpen] = useState(false)
  const ids = field.type === 'reference' && typeof value === 'string' ? [value] : []
  const { data: named = [] } = useQuery(namesOfQuery(field.target ?? '', ids))
  const names = new Map(named.map(({ id, name }) => [id, name]))
  const label = field.label[language]
  const shown = valueText(value, field, { t, language, names })
  const save = (next: CustomValues[string]) => {
    setOpen(false)
    if (JSON.stringify(next) !== JSON.stringify(value ?? null)) onSave(next)
  }
  return (
    <div className={classes.field}>
      <span className={classes.name} title={field.help?.[language]}>
        {label}
      </span>
      {isOpen ? (
        <ValueEditor field={field} label={label} value={value ?? null} onSave={save} onCancel={() => setOpen(false)} />
      ) : (
        <UnstyledButton
          className={classes.value ?? ''}
          disabled={!canEdit}
          fz="sm"
          aria-label={t('objects.values.edit', {
            label,
            value: shown || t('objects.values.blank'),
            interpolation: { escapeValue: false },
          })}
          onClick={() => setOpen(true)}
        >
          {shown || <span className={classes.blank}>{t('objects.values.blank')}</span>}
        </UnstyledButton>
      )}
    </div>
  )
}
