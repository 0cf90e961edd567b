import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { StageHistogram } from './stage-histogram.ts'

/** From a millisecond to ten seconds: what a person waits for. */
export const SHORT_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
/** The same up to a day: what waits in a queue, or for a provider that is away. */
export const LONG_SECONDS = [...SHORT_SECONDS, 30, 60, 300, 900, 3600, 14_400, 86_400]

/** Asking the parts of a gauge must not take longer than the asker waits. */
const READ_LIMIT_MS = 2000

/**
 * Prometheus metrics of one process: what the platform measures of itself. Modules add their own to `registry`. Labels are names that
 * stand in the code (routes, jobs, channels, outcomes), never ids, addresses or workspaces: their number has a bound.
 */
export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const histograms: Pick<StageHistogram<string>, 'name' | 'toText'>[] = []
  const seconds = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    buckets: readonly number[] = SHORT_SECONDS,
  ) => {
    if (histograms.some((one) => one.name === name)) throw new Error(`Two histograms are named ${name}.`)
    const histogram = new StageHistogram({ name, help, labelNames, buckets })
    histograms.push(histogram)
    return histogram
  }
  const notRead = new Counter({
    name: 'okno_metrics_not_read_total',
    help: 'Times a gauge had no value, because what it asks did not answer',
    labelNames: ['metric'],
    registers,
  })

  return {
    /** Where modules put counters of their own. */
    registry,
    /** Makes a histogram of seconds, short ones when no `buckets` are given. */
    seconds,
    contentType: registry.contentType,
    /** Everything, as Prometheus reads it. */
    text: async () => [await registry.metrics(), ...histograms.map((one) => one.toText()), ''].join('\n'),
    httpSeconds: seconds('okno_http_request_seconds', 'From a request to the end of its answer', [
      'method',
      'route',
      'status',
    ]),
    jobWaitSeconds: seconds('okno_job_wait_seconds', 'From the time a job is due to its start', ['job'], LONG_SECONDS),
    jobSeconds: seconds('okno_job_seconds', 'Run of one background job', ['job', 'outcome']),
    poolWaitSeconds: seconds(
      'okno_database_pool_wait_seconds',
      'Wait of a transaction for a connection of the pool',
      [],
    ),
    transactionSeconds: seconds('okno_database_transaction_seconds', 'One transaction, from begin to its end', [
      'outcome',
    ]),
    eventLagSeconds: seconds(
      'okno_event_lag_seconds',
      'From the beginning of the transaction that stored an event to its hand-over to the open windows',
      [],
    ),
    fileSeconds: seconds('okno_file_store_seconds', 'One call of the file store', ['operation', 'outcome']),
    liveConnections: new Gauge({
      name: 'okno_live_connections',
      help: 'Open live connections of this process, by audience',
      labelNames: ['audience'],
      registers,
    }),
    /** A gauge that is read when somebody asks for the metrics. What fails or takes longer than 2 s has no value that time, and is counted. */
    onScrape: <Label extends string>(
      { name, help, labelNames = [] }: { name: string; help: string; labelNames?: readonly Label[] },
      read: () => Promise<readonly Reading<Label>[]>,
    ) =>
      new Gauge({
        name,
        help,
        labelNames: [...labelNames],
        registers,
        async collect() {
          this.reset()
          try {
            for (const { labels, value } of await within(READ_LIMIT_MS, read())) this.set(labels ?? {}, value)
          } catch {
            // The asker must learn all the rest even when one part is down; the counter and the health page say which.
            notRead.inc({ metric: name })
          }
        },
      }),
  }
}
export type Metrics = ReturnType<typeof createMetrics>

/** One value of a gauge. */
export interface Reading<Label extends string = string> {
  readonly labels?: Partial<Record<Label, string>>
  readonly value: number
}

/**
 * One question for several gauges, asked at most once in `ms`: whoever asks for the metrics more often, or from several places, costs the
 * database nothing more.
 */
export function atMostEvery<Result>(ms: number, ask: () => Promise<Result>): () => Promise<Result> {
  let last: { at: number; result: Promise<Result> } | undefined
  return () => {
    if (!last || performance.now() - last.at >= ms) last = { at: performance.now(), result: ask() }
    return last.result
  }
}

/** @throws Error when `work` takes longer; it goes on unheard. */
export async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  const limit = Promise.withResolvers<never>()
  const timer = setTimeout(() => limit.reject(new Error(`No answer within ${ms} ms.`)), ms)
  try {
    return await Promise.race([work, limit.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** The same function; how long each call takes and how it ends is observed. */
export const timed =
  <Args extends unknown[], Result>(
    histogram: StageHistogram<'outcome'>,
    call: (...args: Args) => Promise<Result>,
  ): ((...args: Args) => Promise<Result>) =>
  async (...args) => {
    const ended = histogram.startTimer()
    try {
      const result = await call(...args)
      ended({ outcome: 'done' })
      return result
    } catch (error) {
      ended({ outcome: 'failed' })
      throw error
    }
  }
