import { Radio, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Form, fieldErrors, notify } from '#platform/web'
import { useReplay } from '../webhooks-api.ts'

const DAY_MS = 86_400_000

/** What an input of local date and time takes: `2026-12-31T18:00`. */
function localInput(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** A span of time whose events go out once more. */
export function ReplayForm({ webhookId, onDone }: { webhookId: string; onDone: () => void }) {
  const { t } = useTranslation()
  const replay = useReplay(webhookId)
  const [from, setFrom] = useState(() => localInput(new Date(Date.now() - DAY_MS)))
  const [to, setTo] = useState(() => localInput(new Date(Date.now() + 60_000)))
  const [which, setWhich] = useState<'failed' | 'all'>('failed')
  const errors = fieldErrors(t, replay.error)
  const isBackwards = from !== '' && to !== '' && from >= to
  const isReady = from !== '' && to !== '' && !isBackwards
  const submit = () =>
    replay.mutate(
      { from: new Date(from).toISOString(), to: new Date(to).toISOString(), which },
      {
        onSuccess: () => {
          void notify(t('integrations.replay.begun'))
          onDone()
        },
      },
    )
  return (
    <Form
      submit={t('integrations.replay.do')}
      onSubmit={submit}
      isPending={replay.isPending}
      isReady={isReady}
      error={replay.error}
    >
      <Stack gap="md">
        <Text fz="sm">{t('integrations.replay.text')}</Text>
        <TextInput
          type="datetime-local"
          label={t('integrations.replay.from')}
          required
          value={from}
          error={errors.from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label={t('integrations.replay.to')}
          required
          value={to}
          error={isBackwards ? t('integrations.replay.backwards') : errors.to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Radio.Group
          label={t('integrations.replay.which')}
          value={which}
          onChange={(value) => setWhich(value === 'all' ? 'all' : 'failed')}
        >
          <Stack gap="xs" mt={4}>
            <Radio value="failed" label={t('integrations.replay.failed')} />
            <Radio value="all" label={t('integrations.replay.all')} />
          </Stack>
        </Radio.Group>
      </Stack>
    </Form>
  )
}
