import { Button, Code, Group, Stack, Text } from '@mantine/core'
import { IconReload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { DeliveryDetails } from '#modules/integrations/contract'
import { ErrorState, givesWay, LoadingState, Moment, notify, problemText, Section, type Wire } from '#platform/web'
import { deliveryQuery, useReplayOne, type WebhookWire } from '../webhooks-api.ts'
import { DeliveryState, useReason } from './webhook-state.tsx'

/** One delivery: every answer, what was sent, and sending it once more. */
export function DeliveryView({ webhook, id }: { webhook: WebhookWire; id: string }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(deliveryQuery(webhook.id, id))
  if (givesWay(data, error)) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <LoadingState />
  return (
    <Stack gap="lg">
      <Group justify="space-between" gap="sm">
        <Stack gap={2}>
          <Text fw={600}>{t(`integrations.events.${data.type}`, { defaultValue: data.type })}</Text>
          <Text fz="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {data.eventId} · <Moment at={data.occurredAt} />
          </Text>
        </Stack>
        <DeliveryState delivery={data} />
      </Group>
      {webhook.state !== 'off' && <Again webhookId={webhook.id} id={id} isSending={data.state === 'sending'} />}
      <Section title={t('integrations.delivery.answers')}>
        {data.tries.length === 0 ? (
          <Text fz="sm" c="dimmed">
            {t('integrations.delivery.noTries')}
          </Text>
        ) : (
          data.tries.toReversed().map((one) => <Try key={one.id} one={one} />)
        )}
      </Section>
      {data.body && (
        <Section title={t('integrations.delivery.sent')}>
          <Code block tabIndex={0} mah={420} style={{ overflow: 'auto' }}>
            {JSON.stringify(JSON.parse(data.body), null, 2)}
          </Code>
        </Section>
      )}
    </Stack>
  )
}

function Try({ one }: { one: Wire<DeliveryDetails>['tries'][number] }) {
  const { t } = useTranslation()
  const reasonOf = useReason()
  return (
    <Stack gap={4}>
      <Text fz="sm">
        <Moment at={one.at} form="clock" /> · {t('integrations.delivery.took', { ms: one.tookMs })} ·{' '}
        {reasonOf({ ...one, reason: one.status === null ? one.reason : String(one.status) }) ??
          t('integrations.delivery.taken', { status: one.status })}
      </Text>
      {one.answer.trim() !== '' && (
        <Code
          block
          tabIndex={0}
          mah={200}
          style={{ overflow: 'auto', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
        >
          {one.answer}
        </Code>
      )}
    </Stack>
  )
}

function Again({ webhookId, id, isSending }: { webhookId: string; id: string; isSending: boolean }) {
  const { t } = useTranslation()
  const replay = useReplayOne(webhookId)
  return (
    <div>
      <Button
        variant="default"
        leftSection={<IconReload size={16} />}
        loading={replay.isPending}
        disabled={isSending}
        onClick={() =>
          replay.mutate(id, {
            onSuccess: () => void notify(t('integrations.delivery.sentAgain')),
            onError: (error) => void notify(problemText(t, error), 'bad'),
          })
        }
      >
        {t('integrations.delivery.again')}
      </Button>
    </div>
  )
}
