import { Group, SegmentedControl, Stack, Switch, TextInput, useMantineColorScheme } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Locale, notify, Page, problemText, Section, setLocale, usePreference } from '#platform/web'
import { useChangeMe, useMe } from '../access-api.ts'
import { ProfileRow } from '../profile-row.tsx'

/** What a person sets for themselves: name, presence, language, looks. Each change is kept at once. */
export default function ProfileSettings() {
  const { t } = useTranslation()
  const { operator } = useMe()
  const change = useChangeMe()
  const [name, setName] = useState(operator.name)
  const complain = { onError: (error: Error) => void notify(problemText(t, error), 'bad') }
  const rename = () => {
    const next = name.trim()
    if (next === '') setName(operator.name)
    else if (next !== operator.name) change.mutate({ name: next }, complain)
  }
  return (
    <Page title={t('access.profile.title')} width={640}>
      <Stack gap="xl">
        <Stack gap="md">
          <TextInput
            label={t('access.name')}
            description={t('access.profile.nameHint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onBlur={rename}
            autoComplete="name"
            maxLength={200}
          />
          <Group gap="xl" grow>
            <TextInput label={t('access.email')} value={operator.email} readOnly variant="filled" />
            <TextInput label={t('access.role')} value={t(`access.roles.${operator.role}`)} readOnly variant="filled" />
          </Group>
          <Switch
            label={t('access.profile.takes')}
            description={t('access.profile.takesHint')}
            checked={operator.availability === 'available'}
            onChange={(event) =>
              change.mutate({ availability: event.currentTarget.checked ? 'available' : 'away' }, complain)
            }
          />
        </Stack>
        <Looks onLanguage={(locale) => change.mutate({ locale }, complain)} language={operator.locale} />
      </Stack>
    </Page>
  )
}

function Looks({ language, onLanguage }: { language: Locale; onLanguage: (locale: Locale) => void }) {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [density, setDensity] = usePreference('density', 'comfortable')
  const speak = (locale: Locale) => {
    void setLocale(locale)
    onLanguage(locale)
  }
  return (
    <Section title={t('access.profile.looks')}>
      <ProfileRow label={t('access.profile.language')}>
        <SegmentedControl
          value={language}
          onChange={(value) => speak(value === 'ru' ? 'ru' : 'en')}
          data={[
            { value: 'ru', label: 'Русский' },
            { value: 'en', label: 'English' },
          ]}
        />
      </ProfileRow>
      <ProfileRow label={t('access.profile.scheme')}>
        <SegmentedControl
          value={colorScheme}
          onChange={(value) => setColorScheme(value as typeof colorScheme)}
          data={(['auto', 'light', 'dark'] as const).map((value) => ({
            value,
            label: t(`access.profile.schemes.${value}`),
          }))}
        />
      </ProfileRow>
      <ProfileRow label={t('access.profile.density')}>
        <SegmentedControl
          value={density}
          onChange={(value) => setDensity(value === 'compact' ? 'compact' : 'comfortable')}
          data={(['comfortable', 'compact'] as const).map((value) => ({
            value,
            label: t(`access.profile.densities.${value}`),
          }))}
        />
      </ProfileRow>
    </Section>
  )
}
