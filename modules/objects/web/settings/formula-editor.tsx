import { Code, Select, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormulaAnswer } from '#modules/objects/contract'
import { type ObjectDescription, valueTypeOf } from '#platform/shared/objects/object'
import { ReferenceInput } from '../builder/reference-input.tsx'
import { formulaQuery } from '../objects-api.ts'
import { useLanguage } from '../use-language.ts'
import classes from './formula.module.css'
import { FormulaTrial } from './formula-trial.tsx'

const CHECK_AFTER_MS = 300

/** What a formula is made of, as it is written; each has its sentence in the texts. */
const FUNCTIONS = [
  'if(a, b, c)',
  'coalesce(a, b)',
  'min(a, b)',
  'max(a, b)',
  'abs(a)',
  'round(a, 2)',
  'lower(a)',
  'length(a)',
  'days_between(a, b)',
  'add_days(a, 30)',
  'today()',
  'year(a)',
  'is_empty(a)',
] as const

/** A formula as it is written: checked at every pause and tried on a real card before it is saved. */
export function FormulaEditor({
  object,
  value,
  onChange,
}: {
  object: ObjectDescription
  value: string
  onChange: (formula: string) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const box = useRef<HTMLTextAreaElement>(null)
  const [triedId, setTriedId] = useState<string | null>(null)
  const [formula] = useDebouncedValue(value, CHECK_AFTER_MS)
  const { data } = useQuery(formulaQuery(object.key, formula, triedId))
  // What was answered about other words says nothing of these.
  const answer = formula === value && value.trim() !== '' ? data : undefined
  const fit = object.fields.filter(
    (field) => !field.isMany && !field.isArchived && field.type !== 'formula' && FIT.has(valueTypeOf(field)),
  )
  const insert = (key: string) => {
    const { selectionStart: from = value.length, selectionEnd: to = value.length } = box.current ?? {}
    onChange(value.slice(0, from) + key + value.slice(to))
    box.current?.focus()
  }
  return (
    <div>
      <Textarea
        ref={box}
        label={t('objects.field.formula')}
        description={t('objects.field.formulaHint')}
        required
        autosize
        minRows={2}
        maxLength={1000}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={value}
        error={answer?.fault ? <FaultWords formula={value} fault={answer.fault} /> : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <div className={classes.tools}>
        <Select
          size="xs"
          searchable
          aria-label={t('objects.formula.insert')}
          placeholder={t('objects.formula.insert')}
          value={null}
          data={fit.map(({ key, label }) => ({ value: key, label: label[language] }))}
          onChange={(key) => key && insert(key)}
        />
        <details>
          <summary className={classes.fold}>{t('objects.formula.functions')}</summary>
          <ul className={classes.functions}>
            {FUNCTIONS.map((written) => (
              <li key={written}>
                <Code>{written}</Code> {t(`objects.formula.about.${written.split('(')[0]}`)}
              </li>
            ))}
          </ul>
        </details>
      </div>
      <div role="status" className={classes.trial}>
        {answer?.type && (
          <FormulaTrial
            object={object}
            type={answer.type}
            trial={answer.trial}
            choose={
              <ReferenceInput
                label={t('objects.formula.tryOn')}
                target={object.key}
                offersMe={false}
                value={answer.trial ? [answer.trial.id] : []}
                onChange={([id]) => setTriedId(id ?? null)}
              />
            }
          />
        )}
      </div>
    </div>
  )
}

/** Types of values that can stand in a formula. */
const FIT: ReadonlySet<string> = new Set([
  'text',
  'long_text',
  'number',
  'money',
  'date',
  'boolean',
  'choice',
  'phone',
  'email',
  'url',
  'address',
  'time',
])

/** So many characters of the place are shown. */
const PLACE_LENGTH = 16

/** What is wrong, and the place where it is. */
function FaultWords({
  formula,
  fault: { fault, at, params },
}: {
  formula: string
  fault: NonNullable<FormulaAnswer['fault']>
}) {
  const { t } = useTranslation()
  const place = formula.slice(at, at + PLACE_LENGTH)
  const typeName = (type: string | number | undefined) => (type === undefined ? '' : t(`objects.types.${type}`))
  const words = { ...params, wanted: typeName(params.wanted), given: typeName(params.given) }
  return (
    <>
      {t([`objects.formula.faults.${fault}`, 'objects.problems.formula_wrong'], {
        ...words,
        at: at + 1,
        interpolation: { escapeValue: false },
      })}{' '}
      {place.trim() === '' ? t('objects.formula.atEnd') : t('objects.formula.at')}{' '}
      {place.trim() !== '' && <Code>{place}</Code>}
    </>
  )
}
