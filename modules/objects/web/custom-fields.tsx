import { UnstyledButton } from '@mantine/core'
import { IconArrowUpRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomValues } from '#modules/objects/contract'
import type { Field } from '#platform/shared/objects/object'
import { useSending } from '#platform/web'
import classes from './custom-fields.module.css'
import { FormulaRows } from './formula-rows.tsx'
import { namesOfQuery, useDescribe } from './objects-api.ts'
import { CUSTOM } from './undescribed.ts'
import { useAddressOf } from './use-address-of.ts'
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
  onSave: (patch: CustomValues) => unknown
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
  /** What it returns is waited for: a refusal gives what was typed back. */
  onSave: (value: CustomValues[string]) => unknown
}

/** The name of a field and its value, changed where it stands. */
export function FieldRow({ field, value: stored, canEdit, onSave }: FieldRowProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [isOpen, setOpen] = useState(false)
  const [refused, setRefused] = useState<{ value: CustomValues[string] } | null>(null)
  const { sending, send } = useSending<CustomValues[string]>()
  const value = sending ? sending.value : stored
  const ids = field.type === 'reference' && typeof value === 'string' ? [value] : []
  const { data: named = [] } = useQuery(namesOfQuery(field.target ?? '', ids))
  const hrefOf = useAddressOf(field.target ?? '')
  const names = new Map(named.map(({ id, name }) => [id, name]))
  const label = field.label[language]
  const shown = valueText(value, field, { t, language, names })
  const close = () => {
    setOpen(false)
    setRefused(null)
  }
  const save = (next: CustomValues[string]) => {
    close()
    if (!refused && JSON.stringify(next) === JSON.stringify(value ?? null)) return
    void send(next, onSave).then((isSaved) => !isSaved && isTyped(field) && setRefused({ value: next }))
  }
  return (
    <div className={classes.field}>
      <span className={classes.name} title={field.help?.[language]}>
        {label}
        {field.isRequired && canEdit && (
          <span className={classes.required} aria-hidden>
            {' *'}
          </span>
        )}
      </span>
      {isOpen || refused ? (
        <div>
          <ValueEditor
            field={field}
            label={label}
            value={refused ? refused.value : (value ?? null)}
            takesFocus={isOpen}
            onSave={save}
            onCancel={close}
          />
          {refused && (
            <span className={classes.refused} role="alert">
              {t('objects.values.unsaved')}
            </span>
          )}
        </div>
      ) : (
        <div className={classes.shown}>
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
            {shown || <span className={classes.blank}>–</span>}
          </UnstyledButton>
          {hrefOf &&
            named.map(({ id, name }) => (
              <Link
                key={id}
                to={hrefOf(id)}
                className={classes.open ?? ''}
                aria-label={t('objects.values.open', { name })}
                title={t('objects.values.open', { name })}
              >
                <IconArrowUpRight size={15} aria-hidden />
              </Link>
            ))}
        </div>
      )}
    </div>
  )
}

/** What is chosen is chosen again with a click; only what was typed is worth giving back. */
const isTyped = ({ type }: Field): boolean => !['boolean', 'choice', 'multi_choice', 'reference'].includes(type)
