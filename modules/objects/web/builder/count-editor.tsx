import { NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Count } from '#platform/shared/objects/condition'

interface CountEditorProps {
  kind: 'relation' | 'behaviour'
  count: Count | undefined
  onChange: (count: Count | undefined) => void
}

const CHOICES = ['some', 'none', 'gte', 'lte', 'eq'] as const
type Choice = (typeof CHOICES)[number]
const FIRST = 2

/** How many, or how often: any, none, or a number. */
export function CountEditor({ kind, count, onChange }: CountEditorProps) {
  const { t } = useTranslation()
  const choice = choiceOf(count)
  const choose = (next: Choice) => {
    if (next === 'some') onChange(undefined)
    else onChange(next === 'none' ? { op: 'eq', value: 0 } : { op: next, value: count?.value || FIRST })
  }
  return (
    <>
      <Select
        size="xs"
        w={150}
        allowDeselect={false}
        aria-label={t('objects.builder.howMany')}
        value={choice}
        data={CHOICES.map((value) => ({ value, label: t(`objects.builder.counts.${kind}.${value}`) }))}
        onChange={(next) => choose(CHOICES.find((one) => one === next) ?? 'some')}
      />
      {count && choice !== 'none' && (
        <NumberInput
          size="xs"
          w={80}
          min={0}
          max={10_000}
          allowDecimal={false}
          aria-label={t('objects.builder.number')}
          value={count.value}
          onChange={(value) => typeof value === 'number' && onChange({ ...count, value })}
        />
      )}
    </>
  )
}

function choiceOf(count: Count | undefined): Choice {
  if (!count) return 'some'
  return count.op !== 'gte' && count.value === 0 ? 'none' : count.op
}
