import { atMostEvery, LONG_SECONDS } from '#platform/server/metrics'
import type { Platform } from '#platform/server/platform'
import { countQueue } from './health.queries.ts'

/** The database is asked for its queue at most this often. */
const ASK_MS = 5000

export function webhookMetrics({ metrics, database }: Pick<Platform, 'metrics' | 'database'>) {
  const queue = atMostEvery(ASK_MS, () => database.system(countQueue))
  metrics.onScrape(
    { name: 'okno_webhook_deliveries_waiting', help: 'Events that webhooks have not taken yet' },
    async () => [{ value: (await queue()).waiting }],
  )
  metrics.onScrape(
    { name: 'okno_webhook_deliveries_oldest_seconds', help: 'Age of the oldest event that could be told and is not' },
    async () => [{ value: (await queue()).oldestSeconds }],
  )
  return {
    sendSeconds: metrics.seconds('okno_webhook_send_seconds', 'One try to tell a webhook of an event', ['outcome']),
    deliverySeconds: metrics.seconds(
      'okno_webhook_delivery_seconds',
      'From an event to its being taken by a webhook',
      [],
      LONG_SECONDS,
    ),
  }
}
export type WebhookMetrics = ReturnType<typeof webhookMetrics>
