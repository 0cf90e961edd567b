import { Select, Stack, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Form, fieldErrors, formatClock, notify, Page, useNow } from '#platform/web'
import { useMe } from '../access-api.ts'
import { useChangeWorkspace } from './settings-api.ts'

/** The company: its name, the language in which Okno speaks for it, the clock by which its hours count. */
export default function CompanySettings() {
  const { t, i18n } = useTranslation()
  const { workspace } = useMe()
  const change = useChangeWorkspace()
  const [draft, setDraft] = useState({
    name: workspace.name,
    locale: workspace.locale,
    timeZone: workspace.timeZone,
  })
  const now = useNow()
  const zones = useTimeZones(now)
  const errors = fieldErrors(t, change.error)
  const isChanged =
    draft.name !== workspace.name || draft.locale !== workspace.locale || draft.timeZone !== workspace.timeZone
  const clock = formatClock(new Date(new Date(now).toLocaleString('en', { timeZone: draft.timeZone })), i18n.language)
  return (
    <Page title={t('access.company.title')} width={640}>
      <Form
        onSubmit={() => change.mutate(draft, { onSuccess: () => void notify(t('common.saved')) })}
        isPending={change.isPending}
        isReady={isChanged && draft.name.trim() !== ''}
        error={change.error}
      >
        <Stack gap="md">
          <TextInput
            label={t('access.company.name')}
            description={t('access.company.nameHint')}
            value={draft.name}
            maxLength={200}
            error={errors.name}
            onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
          />
          <Select
            label={t('access.company.language')}
            description={t('access.company.languageHint')}
            allowDeselect={false}
            value={draft.locale}
            data={[
              { value: 'ru', label: 'Русский' },
              { value: 'en', label: 'English' },
            ]}
            onChange={(value) => setDraft({ ...draft, locale: value === 'en' ? 'en' : 'ru' })}
          />
          <Select
            label={t('access.company.timeZone')}
            description={t('access.company.timeZoneHint', { clock })}
            searchable
            allowDeselect={false}
            nothingFoundMessage={t('access.company.noZone')}
            value={draft.timeZone}
            data={zones}
            limit={100}
            error={errors.timeZone}
            onChange={(value) => value && setDraft({ ...draft, timeZone: value })}
          />
        </Stack>
      </Form>
    </Page>
  )
}

/** Every time zone that the browser knows, with its present distance from UTC. */
function useTimeZones(now: number) {
  const day = Math.floor(now / 86_400_000)
  return useMemo(() => {
    const at = new Date(day * 86_400_000)
    return Intl.supportedValuesOf('timeZone').map((zone) => {
      const offset = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' })
        .formatToParts(at)
        .find(({ type }) => type === 'timeZoneName')?.value
      return { value: zone, label: `${zone.replaceAll('_', ' ')} (${offset?.replace('GMT', 'UTC') ?? 'UTC'})` }
    })
  }, [day])
}
