import { Container, SegmentedControl, Stack, Switch, TextInput, Title, useMantineColorScheme } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Locale, notify, problemText, setLocale, usePreference } from '#platform/web'
import { useChangeMe, useMe } from './access-api.ts'
import { ProfileRow } from './profile-row.tsx'
import { ProfileSecurity } from './profile-security.tsx'

/** What a person sets for themselves: name, presence, language, looks, a second factor. */
export default function ProfilePage() {
  const { t } = useTranslation()
  const { operator } = useMe()
  const change = useChangeMe()
  const [name, setName] = useState(operator.name)
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [density, setDensity] = usePreference('density', 'comfortable')
  const complain = { onError: (error: Error) => void notify(problemText(t, error), 'bad') }
  const rename = () => name.trim() && name !== operator.name && change.mutate({ name: name.trim() }, complain)
  const speak = (locale: Locale) => {
    void setLocale(locale)
    change.mutate({ locale }, complain)
  }
  return (
    <Container size="sm" py="xl">
      <Stack gap="xl">
        <Title order={1} fz="xl">
          {t('access.profile.title')}
        </Title>
        <Stack gap="md">
          <TextInput
            label={t('access.name')}
            description={t('access.profile.nameHint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onBlur={rename}
            autoComplete="name"
          />
          <TextInput label={t('access.email')} value={operator.email} readOnly variant="filled" />
          <Switch
            label={t('access.profile.takes')}
            description={t('access.profile.takesHint')}
            checked={operator.availability === 'available'}
            onChange={(event) =>
              change.mutate({ availability: event.currentTarget.checked ? 'available' : 'away' }, complain)
            }
          />
        </Stack>
        <Stack gap="sm">
          <ProfileRow label={t('access.profile.language')}>
            <SegmentedControl
              value={operator.locale}
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
        </Stack>
        <ProfileSecurity />
      </Stack>
    </Container>
  )
}
