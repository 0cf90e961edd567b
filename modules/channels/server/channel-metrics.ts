import { Counter } from 'prom-client'
import { atMostEvery, LONG_SECONDS } from '#platform/server/metrics'
import type { Platform } from '#platform/server/platform'
import { countQueues } from './health.queries.ts'

/** The database is asked for its queues at most this often. */
const ASK_MS = 5000

/**
 * What channels measure: every stage between a provider and a conversation, both ways, by kind of channel. Waits are told by rows and
 * their times, so they hold over several processes whose clocks agree.
 */
export function createChannelMetrics({ metrics, database }: Pick<Platform, 'metrics' | 'database'>) {
  const { registry, seconds, onScrape } = metrics
  const registers = [registry]
  const queues = atMostEvery(ASK_MS, () => database.system(countQueues))
  const perChannel = (
    name: string,
    help: string,
    valueIn: (queue: Awaited<ReturnType<typeof countQueues>>[number]) => number,
  ) =>
    onScrape({ name, help, labelNames: ['channel'] }, async () =>
      (await queues()).map((queue) => ({ labels: { channel: queue.channel }, value: valueIn(queue) })),
    )
  perChannel('okno_arrivals_waiting', 'Stored arrivals that are not read yet', ({ arrivals }) => arrivals)
  perChannel(
    'okno_arrivals_oldest_seconds',
    'Age of the oldest arrival that is not read yet',
    (queue) => queue.oldestArrival,
  )
  perChannel('okno_arrivals_unreadable', 'Arrivals that could not be read', ({ unreadable }) => unreadable)
  perChannel('okno_deliveries_waiting', 'Queued outgoing messages', ({ deliveries }) => deliveries)
  perChannel(
    'okno_deliveries_oldest_seconds',
    'Age of the oldest queued outgoing message',
    (queue) => queue.oldestDelivery,
  )
  perChannel('okno_accounts_failing', 'Accounts that do not work', ({ failing }) => failing)

  return {
    storeSeconds: seconds(
      'okno_arrival_store_seconds',
      'From taking an arrival in to its commit, when it is acknowledged',
      ['outcome'],
    ),
    arrivalWaitSeconds: seconds(
      'okno_arrival_wait_seconds',
      'From storing an arrival to the beginning of its reading',
      ['channel'],
      LONG_SECONDS,
    ),
    normaliseSeconds: seconds('okno_arrival_normalise_seconds', 'Turning one arrival into facts, files included', [
      'channel',
    ]),
    receiveSeconds: seconds(
      'okno_arrival_receive_seconds',
      'One transaction that puts a batch of arrivals where they belong',
      ['channel'],
    ),
    intakeSeconds: seconds(
      'okno_intake_seconds',
      'From storing an arrival to its message standing in a conversation',
      ['channel'],
      LONG_SECONDS,
    ),
    arrivals: new Counter({
      name: 'okno_arrivals_total',
      help: 'Raw arrivals, by channel and outcome',
      labelNames: ['channel', 'outcome'],
      registers,
    }),
    deliveries: new Counter({
      name: 'okno_deliveries_total',
      help: 'Tries to send, by channel and outcome',
      labelNames: ['channel', 'outcome'],
      registers,
    }),
    deliveryWaitSeconds: seconds(
      'okno_delivery_wait_seconds',
      'From queuing an outgoing message to its first try',
      ['channel'],
      LONG_SECONDS,
    ),
    sendSeconds: seconds('okno_delivery_send_seconds', 'One try to hand a message to its provider', [
      'channel',
      'outcome',
    ]),
    deliverySeconds: seconds(
      'okno_delivery_seconds',
      'From queuing an outgoing message to its hand-over to the provider',
      ['channel'],
      LONG_SECONDS,
    ),
    /** Tells how many accounts this process keeps a connection open for. */
    onListeners: (count: () => number) =>
      onScrape({ name: 'okno_listeners', help: 'Accounts that this process keeps a connection open for' }, async () => [
        { value: count() },
      ]),
    /** Tells how many clients talk to the built-in mail server; nothing where none runs. */
    onMailConnections: (count: () => number | undefined) =>
      onScrape({ name: 'okno_smtp_connections', help: 'Open connections to the built-in mail server' }, async () => {
        const value = count()
        return value === undefined ? [] : [{ value }]
      }),
  }
}
export type ChannelMetrics = ReturnType<typeof createChannelMetrics>
