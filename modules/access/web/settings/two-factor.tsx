import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, Mark, notify, problemText } from '#platform/web'
import { meQuery, useMe } from '../access-api.ts'
import { BackupCodes } from './backup-codes.tsx'
import { type Enrolment, TwoFactorEnrolment } from './two-factor-enrolment.tsx'

/** The second factor: switched on with the password and a first code; off, or given new backup codes, with the password. */
export function TwoFactor() {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const { twoFactorEnabled } = useMe()
  const [password, setPassword] = useState('')
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
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
      setCodes(null)
      await again()
    },
  })
  const renew = useMutation({
    mutationFn: () => api.post<{ backupCodes: string[] }>('/api/auth/two-factor/generate-backup-codes', { password }),
    onSuccess: (answer) => {
      setPassword('')
      setCodes(answer.backupCodes)
    },
  })
  const confirmed = async () => {
    setEnrolment(null)
    await again()
    await notify(t('access.twoFactor.on'))
  }
  if (enrolment)
    return <TwoFactorEnrolment enrolment={enrolment} onDone={confirmed} onCancel={() => setEnrolment(null)} />
  const failed = [enable, disable, renew].find(({ error }) => error)?.error
  return (
    <Stack gap="sm">
      <Group gap="xs" wrap="nowrap" align="start">
        <Mark looks={twoFactorEnabled ? 'good' : 'calm'}>
          {twoFactorEnabled ? t('access.twoFactor.stateOn') : t('access.twoFactor.stateOff')}
        </Mark>
        <Text fz="sm" c="dimmed">
          {twoFactorEnabled ? t('access.twoFactor.isOn') : t('access.twoFactor.isOff')}
        </Text>
      </Group>
      <PasswordInput
        label={t('access.twoFactor.yourPassword')}
        description={t('access.twoFactor.yourPasswordHint')}
        autoComplete="current-password"
        value={password}
        error={failed ? problemText(t, failed) : undefined}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Group gap="xs">
        {twoFactorEnabled ? (
          <>
            <Button disabled={password === ''} loading={renew.isPending} onClick={() => renew.mutate()}>
              {t('access.twoFactor.newCodes')}
            </Button>
            <Button
              variant="subtle"
              color="red"
              disabled={password === ''}
              loading={disable.isPending}
              onClick={() => disable.mutate()}
            >
              {t('access.twoFactor.disable')}
            </Button>
          </>
        ) : (
          <Button disabled={password === ''} loading={enable.isPending} onClick={() => enable.mutate()}>
            {t('access.twoFactor.enable')}
          </Button>
        )}
      </Group>
      {codes && <BackupCodes codes={codes} />}
    </Stack>
  )
}
