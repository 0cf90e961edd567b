import { Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Within } from '#platform/shared/objects/condition'
import { periods } from '#platform/shared/objects/operators'
import { useLanguage } from '../use-language.ts'
import { periodName } from './period-name.ts'
import { SpanInput } from './span-input.tsx'

const CHOICES = ['ever', 'last', 'during', 'between'] as const
type Choice = (typeof CHOICES)[number]

const FIRST: Record<Choice, Within | undefined> = {
  ever: undefined,
  last: { last: { amount: 30, unit: 'day' } },
  during: { during: 'this_month' },
  between: { from: undefined, to: undefined },
}

/** When something happened. */
export function WithinEditor({
  within,
  onChange,
}: {
  within: Within | undefined
  onChange: (within: Within | undefined) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const choice: Choice = !within ? 'ever' : 'last' in within ? 'last' : 'during' in within ? 'during' : 'between'
  return (
    <>
      <Select
        size="xs"
        w={140}
        allowDeselect={false}
        aria-label={t('objects.builder.when')}
        value={choice}
        data={CHOICES.map((value) => ({ value, label: t(`objects.builder.whens.${value}`) }))}
        onChange={(next) => onChange(FIRST[CHOICES.find((one) => one === next) ?? 'ever'])}
      />
      {within && 'last' in within && <SpanInput span={within.last} hasHours onChange={(last) => onChange({ last })} />}
      {within && 'during' in within && (
        <Select
          size="xs"
          w={160}
          allowDeselect={false}
          aria-label={t('objects.builder.period')}
          value={within.during}
          data={periods.map((value) => ({ value, label: periodName(value, language) }))}
          onChange={(next) => onChange({ during: periods.find((one) => one === next) ?? within.during })}
        />
      )}
      {choice === 'between' && within && !('last' in within) && !('during' in within) && (
        <>
          <TextInput
            size="xs"
            type="date"
            aria-label={t('objects.builder.from')}
            value={within.from ?? ''}
            onChange={(event) => onChange({ ...within, from: event.currentTarget.value || undefined })}
          />
          <TextInput
            size="xs"
            type="date"
            aria-label={t('objects.builder.to')}
            value={within.to ?? ''}
            onChange={(event) => onChange({ ...within, to: event.currentTarget.value || undefined })}
          />
        </>
      )}
    </>
  )
}
