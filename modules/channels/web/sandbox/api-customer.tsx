import { Code, Group, JsonInput, Stack, Text } from '@mantine/core'
import { IconApi } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState, ErrorState, Form, givesWay, LoadingState, Mark, Moment, notify, Section } from '#platform/web'
import type { AccountWire } from '../channels-api.ts'
import { AnswersElsewhere } from './answers-elsewhere.tsx'
import { IncomingTrouble, noTrouble } from './incoming-trouble.tsx'
import { OutgoingTrouble } from './outgoing-trouble.tsx'
import classes from './sandbox.module.css'
import { useCallApi, webhooksQuery } from './sandbox-api.ts'

/** Another system: hands over a message, signed when the account has a secret, and gets answers at its webhook. */
export function ApiCustomer({ account }: { account: AccountWire }) {
  const { t } = useTranslation()
  const [number, setNumber] = useState(1)
  const example = (next: number) =>
    JSON.stringify(
      {
        id: `m-${Date.now().toString(36)}-${next}`,
        thread: 'order-42',
        from: {
          id: 'c-7',
          name: t('channels.sandbox.persona.name'),
          email: t('channels.sandbox.persona.email'),
        },
        text: t('channels.sandbox.persona.words'),
      },
      null,
      2,
    )
  const [body, setBody] = useState(() => example(1))
  const [trouble, setTrouble] = useState(noTrouble)
  const call = useCallApi()
  const message = objectOf(body)
  const send = () =>
    message &&
    call.mutate(
      { accountId: account.id, message, ...trouble },
      {
        onSuccess: () => {
          setNumber(number + 1)
          setBody((now) => (now === body ? example(number + 1) : now))
          void notify(t('channels.sandbox.sent'))
        },
      },
    )
  return (
    <>
      <AnswersElsewhere account={account} />
      <div className={classes.columns}>
        <Section title={t('channels.sandbox.handOver')}>
          <Form
            submit={t('channels.sandbox.send')}
            onSubmit={send}
            isPending={call.isPending}
            isReady={message !== null}
            error={call.error}
          >
            <Stack gap="md">
              <JsonInput
                className={classes.code ?? ''}
                label={t('channels.sandbox.json')}
                error={message === null ? t('channels.sandbox.notJson') : undefined}
                autosize
                minRows={9}
                maxRows={20}
                value={body}
                onChange={setBody}
              />
              <Stack gap="md" className={classes.trouble ?? ''}>
                <IncomingTrouble trouble={trouble} onChange={setTrouble} />
                <OutgoingTrouble of="webhook" />
              </Stack>
            </Stack>
          </Form>
        </Section>
        <Section title={t('channels.sandbox.webhook')} text={t('channels.sandbox.webhookText')}>
          <Answers accountId={account.id} />
        </Section>
      </div>
    </>
  )
}

function Answers({ accountId }: { accountId: string }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(webhooksQuery)
  if (givesWay(data, error)) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <LoadingState />
  const calls = data.filter((call) => call.accountId === accountId)
  if (calls.length === 0) return <EmptyState icon={IconApi} title={t('channels.sandbox.noCalls')} />
  return (
    <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {calls.map(({ at, status, body }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a call has no name of its own, and a moment may hold several
        <li key={`${at} ${index}`} className={classes.mail}>
          <Group justify="space-between">
            <Mark looks={status !== null && status < 300 ? 'good' : 'bad'}>
              {status ?? t('channels.sandbox.faults.cut')}
            </Mark>
            <Text fz="xs" c="dimmed">
              <Moment at={at} />
            </Text>
          </Group>
          <Code block mt="xs" tabIndex={0} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {pretty(body)}
          </Code>
        </li>
      ))}
    </Stack>
  )
}

function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

const pretty = (body: string) => {
  const value = objectOf(body)
  return value ? JSON.stringify(value, null, 2) : body
}
