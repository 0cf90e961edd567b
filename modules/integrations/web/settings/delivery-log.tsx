import { Button, Group, SegmentedControl, Stack } from '@mantine/core'
import { IconHistory, IconReload } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState, Loaded, Moment, Row, Rows, Section, SidePanel } from '#platform/web'
import { type DeliveryWire, type LogState, logPages, type WebhookWire } from '../webhooks-api.ts'
import { DeliveryView } from './delivery-view.tsx'
import { ReplayForm } from './replay-form.tsx'
import { DeliveryState, useReason } from './webhook-state.tsx'

const FILTERS = ['all', 'waiting', 'delivered', 'given_up'] as const

/** What went out and what was answered; one delivery or a span of time can be sent once more. */
export function DeliveryLog({ webhook }: { webhook: WebhookWire }) {
  const { t } = useTranslation()
  const [filter, setFilter] = useState<(typeof FILTERS)[number]>('all')
  const [openedId, setOpenedId] = useState<string | null>(null)
  const [isReplaying, setReplaying] = useState(false)
  const state: LogState | null = filter === 'all' ? null : filter
  const pages = useInfiniteQuery(logPages(webhook.id, state))
  const deliveries = pages.data?.pages.flatMap(({ items }) => items)
  return (
    <Section title={t('integrations.log.title')} text={t('integrations.log.text')}>
      <Group justify="space-between" gap="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('integrations.log.filter')}
          value={filter}
          onChange={setFilter}
          data={FILTERS.map((value) => ({ value, label: t(`integrations.log.show.${value}`) }))}
        />
        {webhook.state !== 'off' && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconReload size={16} />}
            onClick={() => setReplaying(true)}
          >
            {t('integrations.replay.title')}
          </Button>
        )}
      </Group>
      <Loaded
        query={{ data: deliveries, error: pages.error, refetch: pages.refetch }}
        empty={
          <EmptyState icon={IconHistory} title={t('integrations.log.none')} text={t('integrations.log.noneText')} />
        }
      >
        {(items) => (
          <Stack gap="md">
            <Rows label={t('integrations.log.title')}>
              {items.map((delivery) => (
                <DeliveryRow key={delivery.id} delivery={delivery} onOpen={() => setOpenedId(delivery.id)} />
              ))}
            </Rows>
            {pages.hasNextPage && (
              <Group justify="center">
                <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                  {t('common.loadMore')}
                </Button>
              </Group>
            )}
          </Stack>
        )}
      </Loaded>
      <SidePanel
        title={t('integrations.delivery.title')}
        isOpen={openedId !== null}
        onClose={() => setOpenedId(null)}
        size={640}
      >
        {openedId && <DeliveryView webhook={webhook} id={openedId} />}
      </SidePanel>
      <SidePanel title={t('integrations.replay.title')} isOpen={isReplaying} onClose={() => setReplaying(false)}>
        <ReplayForm webhookId={webhook.id} onDone={() => setReplaying(false)} />
      </SidePanel>
    </Section>
  )
}

function DeliveryRow({ delivery, onOpen }: { delivery: DeliveryWire; onOpen: () => void }) {
  const { t } = useTranslation()
  const reasonOf = useReason()
  const reason = delivery.state === 'delivered' ? null : reasonOf(delivery)
  return (
    <Row
      title={t(`integrations.events.${delivery.type}`, { defaultValue: delivery.type })}
      detail={
        <>
          <Moment at={delivery.occurredAt} />
          {delivery.attempts > 1 && ` · ${t('integrations.delivery.tries', { count: delivery.attempts })}`}
          {delivery.nextTryAt && delivery.attempts > 0 && (
            <>
              {' · '}
              {t('integrations.delivery.next')} <Moment at={delivery.nextTryAt} form="clock" />
            </>
          )}
          {reason && <div style={{ color: 'var(--mantine-color-error)' }}>{reason}</div>}
        </>
      }
      aside={<DeliveryState delivery={delivery} />}
      onOpen={onOpen}
    />
  )
}
