import { Checkbox, PasswordInput, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, Form, notify, Section } from '#platform/web'
import type { OperatorWire } from './settings-api.ts'

/** For whoever forgot the password or lost the phone. */
export function OperatorPassword({ operator }: { operator: OperatorWire }) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const [resetTwoFactor, setReset] = useState(false)
  const set = useMutation({
    mutationFn: () => api.post(`/operators/${operator.id}/password`, { password, resetTwoFactor }),
    onSuccess: () => {
      setPassword('')
      setReset(false)
      void notify(t('access.operators.passwordSet'))
    },
  })
  return (
    <Section title={t('access.operators.newPassword')} text={t('access.operators.newPasswordHint')}>
      <Form
        submit={t('access.operators.setPassword')}
        onSubmit={() => set.mutate()}
        isPending={set.isPending}
        isReady={password.length >= 8}
        error={set.error}
      >
        <Stack gap="sm">
          <PasswordInput
            label={t('access.security.newPassword')}
            description={t('access.security.newPasswordHint')}
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Checkbox
            label={t('access.operators.resetTwoFactor')}
            checked={resetTwoFactor}
            onChange={(event) => setReset(event.currentTarget.checked)}
          />
        </Stack>
      </Form>
    </Section>
  )
}
