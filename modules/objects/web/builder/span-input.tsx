import { NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Span } from '#platform/shared/objects/condition'
import { spanUnits } from '#platform/shared/objects/operators'

/** "30 days". */
export function SpanInput({
  span,
  hasHours,
  onChange,
}: {
  span: Span
  hasHours: boolean
  onChange: (span: Span) => void
}) {
  const { t } = useTranslation()
  const units = spanUnits.filter((unit) => hasHours || unit !== 'hour')
  return (
    <>
      <NumberInput
        size="xs"
        w={80}
        min={0}
        max={10_000}
        allowDecimal={false}
        aria-label={t('objects.builder.number')}
        value={span.amount}
        onChange={(amount) => typeof amount === 'number' && onChange({ ...span, amount })}
      />
      <Select
        size="xs"
        w={110}
        allowDeselect={false}
        aria-label={t('objects.builder.unit')}
        value={span.unit}
        data={units.map((value) => ({ value, label: t(`objects.builder.units.${value}`) }))}
        onChange={(next) => onChange({ ...span, unit: units.find((unit) => unit === next) ?? span.unit })}
      />
    </>
  )
}
