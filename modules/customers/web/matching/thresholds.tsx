import { Group, NumberInput, Skeleton, Stack, Switch } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Form, Section } from '#platform/web'
import { type MatchingWire, trialQuery, useSetMatching } from './matching-api.ts'
import { TrialTable } from './trial-table.tsx'

const TYPING_MS = 300
/** In percent, as the server keeps them in parts of one. */
const LEAST = 1
const MOST = 99.99
/** So high is the table of the trial. */
const TRIAL_PX = 210

/** What is changed and not saved; thresholds in percent. */
interface Draft {
  auto?: number
  review?: number
  joinsByItself?: boolean
}

/** The two thresholds, with what they would have meant for the pairs that people have decided. */
export function Thresholds({ matching }: { matching: MatchingWire }) {
  const { t } = useTranslation()
  const save = useSetMatching()
  const [draft, setDraft] = useState<Draft>({})
  const put = (more: Draft) => setDraft((before) => ({ ...before, ...more }))
  const auto = draft.auto ?? percentOf(matching.auto)
  const review = draft.review ?? percentOf(matching.review)
  const joinsByItself = draft.joinsByItself ?? matching.joinsByItself
  const isBackwards = review > auto
  const wanted = { auto: partOf(auto), review: partOf(review) }
  const [tried] = useDebouncedValue(wanted, TYPING_MS)
  const { data: trial } = useQuery({ ...trialQuery(tried), enabled: !isBackwards })
  const isChanged =
    auto !== percentOf(matching.auto) ||
    review !== percentOf(matching.review) ||
    joinsByItself !== matching.joinsByItself
  const box = { suffix: ' %', min: LEAST, max: MOST, decimalScale: 2, step: 1, clampBehavior: 'blur' } as const
  return (
    <Section title={t('customers.matching.thresholds')} text={t('customers.matching.thresholdsText')}>
      <Form
        onSubmit={() => save.mutate({ ...wanted, joinsByItself }, { onSuccess: () => setDraft({}) })}
        isPending={save.isPending}
        isReady={isChanged && !isBackwards}
        error={save.error}
      >
        <Stack gap="md">
          <Group grow align="start" maw={560}>
            <NumberInput
              {...box}
              label={t('customers.matching.auto')}
              value={auto}
              onChange={(next) => typeof next === 'number' && put({ auto: next })}
            />
            <NumberInput
              {...box}
              label={t('customers.matching.review')}
              value={review}
              error={isBackwards && t('customers.problems.thresholds')}
              onChange={(next) => typeof next === 'number' && put({ review: next })}
            />
          </Group>
          <Switch
            label={t('customers.matching.joinsByItself')}
            description={t('customers.matching.joinsByItselfHint')}
            checked={joinsByItself}
            onChange={(event) => put({ joinsByItself: event.currentTarget.checked })}
          />
          {/* What stands below must not move away under the pointer when the figures come. */}
          {trial ? <TrialTable trial={trial} /> : <Skeleton height={TRIAL_PX} />}
        </Stack>
      </Form>
    </Section>
  )
}

const percentOf = (part: number) => Math.round(part * 10_000) / 100
const partOf = (percent: number) => Math.round(percent * 100) / 10_000
