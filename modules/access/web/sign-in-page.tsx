import { Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, problemText } from '#platform/web'
import { meQuery } from './access-api.ts'
import { SecondFactor } from './second-factor.tsx'
import classes from './sign-in.module.css'
import { SignInFooter } from './sign-in-footer.tsx'

/** Only an address of this window: never a page that a link smuggled in. */
const safeNext = (next: unknown) =>
  typeof next === 'string' && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : '/inbox'

export default function SignInPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const cache = useQueryClient()
  const { next } = useSearch({ strict: false }) as { next?: unknown }
  const [needsCode, setNeedsCode] = useState(false)
  const enter = async () => {
    cache.removeQueries()
    await cache.fetchQuery(meQuery)
    await navigate({ to: safeNext(next), replace: true })
  }
  return (
    <main className={classes.page}>
      <Paper className={classes.box ?? ''} withBorder radius="lg">
        <Stack gap="lg">
          <Stack gap={6} align="center">
            <img src="/icon.svg" alt="" width={44} height={44} />
            <Title order={1} fz="lg">
              {needsCode ? t('access.signIn.codeTitle') : t('access.signIn.title')}
            </Title>
            {!needsCode && (
              <Text c="dimmed" ta="center">
                {t('access.signIn.text')}
              </Text>
            )}
          </Stack>
          {needsCode ? (
            <SecondFactor onDone={enter} onBack={() => setNeedsCode(false)} />
          ) : (
            <PasswordForm onDone={enter} onNeedsCode={() => setNeedsCode(true)} />
          )}
        </Stack>
      </Paper>
      <SignInFooter />
    </main>
  )
}

function PasswordForm({ onDone, onNeedsCode }: { onDone: () => Promise<void>; onNeedsCode: () => void }) {
  const { t } = useTranslation()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useMutation({
    mutationFn: () => api.post<{ twoFactorRedirect?: boolean }>('/api/auth/sign-in/email', { email, password }),
    onSuccess: ({ twoFactorRedirect }) => (twoFactorRedirect ? onNeedsCode() : onDone()),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t('access.email')}
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('access.password')}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {signIn.error && (
          <Text c="var(--mantine-color-error)" role="alert">
            {problemText(t, signIn.error)}
          </Text>
        )}
        <Button type="submit" fullWidth loading={signIn.isPending}>
          {t('access.signIn.enter')}
        </Button>
      </Stack>
    </form>
  )
}
