import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, problemText } from '#platform/web'

const TOTP = /^\d{6}$/

/** The second step: six digits of the authenticator, or one of the recovery codes. */
export function SecondFactor({ onDone, onBack }: { onDone: () => Promise<void>; onBack: () => void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const verify = useMutation({
    mutationFn: () => {
      const typed = code.replaceAll(/\s/g, '')
      const path = TOTP.test(typed) ? '/api/auth/two-factor/verify-totp' : '/api/auth/two-factor/verify-backup-code'
      return api.post(path, { code: typed })
    },
    onSuccess: onDone,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    verify.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t('access.signIn.code')}
          description={t('access.signIn.codeHint')}
          autoComplete="one-time-code"
          autoFocus
          required
          withAsterisk={false}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        {verify.error && (
          <Text c="var(--mantine-color-error)" role="alert">
            {problemText(t, verify.error)}
          </Text>
        )}
        <Button type="submit" fullWidth loading={verify.isPending}>
          {t('access.signIn.confirm')}
        </Button>
        <Anchor component="button" type="button" ta="center" onClick={onBack}>
          {t('common.back')}
        </Anchor>
      </Stack>
    </form>
  )
}
