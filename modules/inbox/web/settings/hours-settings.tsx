import { Group, NumberInput, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InboxSettings } from '#modules/inbox/contract'
import { ErrorState, Form, givesWay, LoadingState, notify, Page, Section, useWorkspaceZone } from '#platform/web'
import { Holidays } from './holidays.tsx'
import { weekdays, wrongHours } from './hours.ts'
import { inboxSettingsQuery, useSaveInboxSettings } from './settings-api.ts'
import { WeekHours } from './week-hours.tsx'

/** When the company works, and how soon it answers. */
export default function HoursSettings() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(inboxSettingsQuery)
  return (
    <Page title={t('inbox.hours.title')} text={t('inbox.hours.text')} width={720}>
      {givesWay(data, error) ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <HoursForm settings={data} />
      ) : (
        <LoadingState />
      )}
    </Page>
  )
}

function HoursForm({ settings }: { settings: InboxSettings }) {
  const { t } = useTranslation()
  const zone = useWorkspaceZone()
  const save = useSaveInboxSettings()
  const [draft, setDraft] = useState(settings)
  const { businessHours } = draft
  const isRight = weekdays.every((day) => wrongHours(businessHours[day]) === null)
  const setHours = (hours: InboxSettings['businessHours']) => setDraft({ ...draft, businessHours: hours })
  return (
    <Form
      onSubmit={() => save.mutate(draft, { onSuccess: () => void notify(t('common.saved')) })}
      isPending={save.isPending}
      isReady={isRight && JSON.stringify(draft) !== JSON.stringify(settings)}
      error={save.error}
    >
      <Stack gap={36}>
        <Section title={t('inbox.hours.norms')} text={t('inbox.hours.normsText')}>
          <Norms draft={draft} onChange={setDraft} />
        </Section>
        <Section title={t('inbox.hours.week')} text={t('inbox.hours.weekText', { zone: zone ?? '' })}>
          <WeekHours hours={businessHours} onChange={setHours} />
        </Section>
        <Section title={t('inbox.hours.holidays')} text={t('inbox.hours.holidaysText')}>
          <Holidays days={businessHours.holidays} onChange={(holidays) => setHours({ ...businessHours, holidays })} />
        </Section>
      </Stack>
    </Form>
  )
}

const NORMS = [
  { key: 'firstAnswerMinutes', min: 1, max: 100_000 },
  { key: 'nextAnswerMinutes', min: 1, max: 100_000 },
  { key: 'limitMinutes', min: 1, max: 100_000 },
  { key: 'reopenDays', min: 0, max: 3650 },
] as const

function Norms({ draft, onChange }: { draft: InboxSettings; onChange: (draft: InboxSettings) => void }) {
  const { t } = useTranslation()
  return (
    <Group align="start" gap="md">
      {NORMS.map(({ key, min, max }) => (
        <NumberInput
          key={key}
          label={t(`inbox.hours.${key}`)}
          description={t(`inbox.hours.${key}Hint`)}
          flex="1 1 280px"
          min={min}
          max={max}
          required
          withAsterisk={false}
          allowDecimal={false}
          value={draft[key]}
          onChange={(value) => onChange({ ...draft, [key]: Number(value) })}
        />
      ))}
    </Group>
  )
}
