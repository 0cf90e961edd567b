import { PasswordInput, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, Form, fieldErrors, notify, Page, Section } from '#platform/web'
import { OwnSessions } from './own-sessions.tsx'
import { TwoFactor } from './two-factor.tsx'

const MIN_PASSWORD = 8

/** What keeps others out: the password, the second factor, sessions elsewhere. */
export default function SecuritySettings() {
  const { t } = useTranslation()
  return (
    <Page title={t('access.security.title')} width={640}>
      <Stack gap={36}>
        <Section title={t('access.security.password')}>
          <PasswordForm />
        </Section>
        <Section title={t('access.twoFactor.title')}>
          <TwoFactor />
        </Section>
        <Section title={t('access.security.sessions')} text={t('access.security.sessionsText')}>
          <OwnSessions />
        </Section>
      </Stack>
    </Page>
  )
}

function PasswordForm() {
  const { t } = useTranslation()
  const [currentPassword, setCurrent] = useState('')
  const [newPassword, setNew] = useState('')
  const change = useMutation({
    mutationFn: () => api.post('/api/auth/change-password', { currentPassword, newPassword }),
    onSuccess: () => {
      setCurrent('')
      setNew('')
      void notify(t('access.security.passwordChanged'))
    },
  })
  const errors = fieldErrors(t, change.error)
  return (
    <Form
      submit={t('access.security.changePassword')}
      onSubmit={() => change.mutate()}
      isPending={change.isPending}
      isReady={currentPassword !== '' && newPassword.length >= MIN_PASSWORD}
      error={change.error}
    >
      <Stack gap="md">
        <PasswordInput
          label={t('access.security.currentPassword')}
          autoComplete="current-password"
          value={currentPassword}
          error={errors.currentPassword}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('access.security.newPassword')}
          description={t('access.security.newPasswordHint')}
          autoComplete="new-password"
          value={newPassword}
          error={errors.newPassword}
          onChange={(event) => setNew(event.currentTarget.value)}
        />
      </Stack>
    </Form>
  )
}
