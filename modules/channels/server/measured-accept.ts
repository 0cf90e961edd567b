import { inSpan, traceparent } from '#platform/server/tracing'
import type { AcceptRaw } from './accept-raw.ts'
import type { RawInput } from './channel-adapter.ts'
import type { ChannelMetrics } from './channel-metrics.ts'

/** A traced arrival carries its trace among its headers, so that its reading, whenever and wherever it is, belongs to it. */
function withTrace(raw: RawInput): RawInput {
  const trace = traceparent()
  return trace ? { ...raw, headers: { ...raw.headers, traceparent: trace } } : raw
}

/** The same intake; the time until its commit is measured, which is the time until the provider is told that we have it. */
export const measuredAccept =
  (accept: AcceptRaw, { storeSeconds }: Pick<ChannelMetrics, 'storeSeconds'>): AcceptRaw =>
  async (account, raw) => {
    const ended = storeSeconds.startTimer()
    try {
      const result = await inSpan('store arrival', { kind: 'producer' }, () => accept(account, withTrace(raw)))
      ended({ outcome: result.isNew ? 'stored' : 'known' })
      return result
    } catch (error) {
      ended({ outcome: 'failed' })
      throw error
    }
  }
