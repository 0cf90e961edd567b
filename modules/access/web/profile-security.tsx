import { Alert, Button, Code, CopyButton, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, notify, problemText } from '#platform/web'
import { meQuery, useMe } from './access-api.ts'

interface Enrolment {
  totpURI: string
  backupCodes: string[]
}

/** The second factor: switched on with the password and a first code, off with the password. */
export function ProfileSecurity() {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const { twoFactorEnabled } = useMe()
  const [password, setPassword] = useState('')
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const again = () => cache.invalidateQueries({ queryKey: meQuery.queryKey })
  const enable = useMutation({
    mutationFn: () => api.post<Enrolment>('/api/auth/two-factor/enable', { password }),
    onSuccess: (answer) => {
      setPassword('')
      setEnrolment(answer)
    },
  })
  const disable = useMutation({
    mutationFn: () => api.post('/api/auth/two-factor/disable', { password }),
    onSuccess: async () => {
      setPassword('')
      await again()
    },
  })
  const confirmed = async () => {
    setEnrolment(null)
    await again()
    await notify(t('access.twoFactor.on'))
  }
  const failed = enable.error ?? disable.error
  return (
    <Stack gap="sm" component="section">
      <Title order={2} fz="md">
        {t('access.twoFactor.title')}
      </Title>
      <Text c="dimmed">{twoFactorEnabled ? t('access.twoFactor.isOn') : t('access.twoFactor.isOff')}</Text>
      {enrolment ? (
        <Enrol enrolment={enrolment} onDone={confirmed} />
      ) : (
        <Group align="end">
          <PasswordInput
            label={t('access.password')}
            autoComplete="current-password"
            flex={1}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button
            variant="light"
            disabled={password === ''}
            loading={enable.isPending || disable.isPending}
            onClick={() => (twoFactorEnabled ? disable : enable).mutate()}
          >
            {twoFactorEnabled ? t('access.twoFactor.disable') : t('access.twoFactor.enable')}
          </Button>
        </Group>
      )}
      {failed && (
        <Text c="var(--mantine-color-error)" role="alert">
          {problemText(t, failed)}
        </Text>
      )}
    </Stack>
  )
}

function Enrol({ enrolment, onDone }: { enrolment: Enrolment; onDone: () => Promise<void> }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const secret = new URL(enrolment.totpURI).searchParams.get('secret') ?? ''
  const verify = useMutation({
    mutationFn: () => api.post('/api/auth/two-factor/verify-totp', { code: code.replaceAll(/\s/g, '') }),
    onSuccess: onDone,
  })
  return (
    <Stack gap="sm">
      <Text>{t('access.twoFactor.secret')}</Text>
      <Group gap="xs">
        <Code fz="sm">{secret.match(/.{1,4}/g)?.join(' ')}</Code>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="subtle" onClick={copy}>
              {copied ? t('common.copied') : t('common.copy')}
            </Button>
          )}
        </CopyButton>
        <Button component="a" href={enrolment.totpURI} size="compact-xs" variant="subtle">
          {t('access.twoFactor.open')}
        </Button>
      </Group>
      <Alert variant="light" color="yellow" title={t('access.twoFactor.codes')}>
        <Code block bg="transparent">
          {enrolment.backupCodes.join('\n')}
        </Code>
      </Alert>
      <Group align="end">
        <TextInput
          label={t('access.signIn.code')}
          autoComplete="one-time-code"
          inputMode="numeric"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={verify.error ? problemText(t, verify.error) : undefined}
        />
        <Button loading={verify.isPending} onClick={() => verify.mutate()}>
          {t('access.signIn.confirm')}
        </Button>
      </Group>
    </Stack>
  )
}
