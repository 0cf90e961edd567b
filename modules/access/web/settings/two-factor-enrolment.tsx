import { Anchor, Button, Code, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, Form } from '#platform/web'
import { BackupCodes } from './backup-codes.tsx'
import { QrCode } from './qr-code.tsx'

export interface Enrolment {
  totpURI: string
  backupCodes: string[]
}

/** Three steps to a second factor: scan, keep the codes, type a first code. */
export function TwoFactorEnrolment({
  enrolment: { totpURI, backupCodes },
  onDone,
  onCancel,
}: {
  enrolment: Enrolment
  onDone: () => Promise<void>
  onCancel: () => void
}) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const secret = new URL(totpURI).searchParams.get('secret') ?? ''
  const verify = useMutation({
    mutationFn: () => api.post('/api/auth/two-factor/verify-totp', { code: code.replaceAll(/\s/g, '') }),
    onSuccess: onDone,
  })
  return (
    <Form
      submit={t('access.twoFactor.confirm')}
      onSubmit={() => verify.mutate()}
      isPending={verify.isPending}
      isReady={/^\s*(\d\s*){6}$/.test(code)}
      error={verify.error}
      actions={
        <Button variant="subtle" color="gray" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      }
    >
      <Group align="start" gap="lg">
        <QrCode text={totpURI} label={t('access.twoFactor.qr')} />
        <Stack gap="xs" flex="1 1 220px">
          <Text fz="sm" fw={500}>
            {t('access.twoFactor.scan')}
          </Text>
          <Text fz="sm" c="dimmed">
            {t('access.twoFactor.secret')}
          </Text>
          <Code fz="sm" style={{ overflowWrap: 'anywhere' }}>
            {secret.match(/.{1,4}/g)?.join(' ')}
          </Code>
          <Anchor href={totpURI} fz="sm">
            {t('access.twoFactor.open')}
          </Anchor>
        </Stack>
      </Group>
      <BackupCodes codes={backupCodes} />
      <TextInput
        label={t('access.twoFactor.firstCode')}
        description={t('access.twoFactor.firstCodeHint')}
        autoComplete="one-time-code"
        inputMode="numeric"
        maw={260}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
    </Form>
  )
}
