import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ConditionValue, FieldCondition, OneValue, Span } from '#platform/shared/objects/condition'
import { type Field, familyOfField } from '#platform/shared/objects/object'
import { type Operator, operatorsOf, type Period, periods, valueShapeOf } from '#platform/shared/objects/operators'
import { useLanguage } from '../use-language.ts'
import { ListInput } from './list-input.tsx'
import { OneInput } from './one-input.tsx'
import { operatorName, periodName } from './period-name.ts'
import { SpanInput } from './span-input.tsx'

interface FieldEditorProps {
  part: FieldCondition
  field: Field
  onChange: (part: FieldCondition) => void
}

const TIMES = new Set(['date', 'time', 'datetime'])

/** What is asked of a field: an operator, and what it compares with. */
export function FieldEditor({ part, field, onChange }: FieldEditorProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const family = familyOfField(field)
  const offered = operatorsOf(family, { many: field.isMany })
  const choose = (op: Operator) => {
    const keeps = valueShapeOf(op) === valueShapeOf(part.op)
    const value = keeps ? part.value : firstValue(op, field)
    onChange(value === undefined ? { field: part.field, op } : { ...part, op, value })
  }
  return (
    <>
      <Select
        size="xs"
        w={165}
        allowDeselect={false}
        aria-label={t('objects.builder.operator')}
        value={part.op}
        data={offered.map((value) => ({
          value,
          label: operatorName(value, { isTime: TIMES.has(family), language }),
        }))}
        onChange={(next) => choose(offered.find((one) => one === next) ?? part.op)}
      />
      <ValueInput part={part} field={field} onValue={(value) => onChange({ ...part, value })} />
    </>
  )
}

function firstValue(op: Operator, field: Field): ConditionValue | undefined {
  switch (valueShapeOf(op)) {
    case 'span':
      return { amount: 30, unit: 'day' }
    case 'period':
      return 'this_month'
    case 'days':
      return 7
    case 'one':
      return field.type === 'boolean' ? true : undefined
    default:
      return undefined
  }
}

interface ValueInputProps {
  part: FieldCondition
  field: Field
  onValue: (value: ConditionValue | undefined) => void
}

function ValueInput({ part, field, onValue }: ValueInputProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { value } = part
  switch (valueShapeOf(part.op)) {
    case 'none':
      return null
    case 'one':
    case 'days':
      return <OneInput field={part.op === 'anniversary' ? DAYS : field} value={oneOf(value)} onChange={onValue} />
    case 'list':
      return <ListInput field={field} value={Array.isArray(value) ? value : []} onChange={onValue} />
    case 'span':
      return (
        <SpanInput
          span={isSpan(value) ? value : { amount: 30, unit: 'day' }}
          hasHours={familyOfField(field) === 'datetime'}
          onChange={onValue}
        />
      )
    case 'period':
      return (
        <Select
          size="xs"
          w={170}
          allowDeselect={false}
          aria-label={t('objects.builder.period')}
          value={typeof value === 'string' ? value : null}
          data={periods.map((one) => ({ value: one, label: periodName(one, language) }))}
          onChange={(next) => onValue((next as Period | null) ?? undefined)}
        />
      )
    case 'range':
      return <RangeInput field={field} value={value} onValue={onValue} />
  }
}

/** Days are asked for as a number, whatever the field. */
const DAYS = { type: 'number', isMany: false } as Field

/** Both ends; unfinished while one of them is missing. */
function RangeInput({ field, value, onValue }: Omit<ValueInputProps, 'part'> & { value: ConditionValue | undefined }) {
  const { t } = useTranslation()
  const { from, to } = isRange(value) ? value : { from: undefined, to: undefined }
  // The check finds the missing end and keeps the draft here.
  const put = (ends: { from: OneValue | undefined; to: OneValue | undefined }) => onValue(ends as ConditionValue)
  return (
    <>
      <OneInput
        field={field}
        label={t('objects.builder.from')}
        value={from}
        onChange={(one) => put({ from: one, to })}
      />
      <OneInput field={field} label={t('objects.builder.to')} value={to} onChange={(one) => put({ from, to: one })} />
    </>
  )
}

const isSpan = (value: ConditionValue | undefined): value is Span => typeof value === 'object' && 'unit' in value
const isRange = (value: ConditionValue | undefined): value is { from: OneValue; to: OneValue } =>
  typeof value === 'object' && 'from' in value
const oneOf = (value: ConditionValue | undefined): OneValue | undefined =>
  Array.isArray(value) || isSpan(value) || isRange(value) ? undefined : value
