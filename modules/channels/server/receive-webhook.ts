import type { IncomingHttpHeaders } from 'node:http'
import { isOutage } from '#platform/server/outage'
import type { Platform } from '#platform/server/platform'
import { Problem } from '#platform/shared/problems'
import type { AcceptRaw } from './accept-raw.ts'
import type { AccountDirectory } from './account-directory.ts'
import { type RawInput, Unreadable } from './channel-adapter.ts'
import type { ChannelMetrics } from './channel-metrics.ts'
import type { OpenAccounts } from './open-accounts.ts'

/** Headers of the way here, not of the sender: they would be stored with every arrival. */
const LEFT_OUT = /^(connection|content-length|host|accept.*|cookie|authorization|x-forwarded-.*|x-real-ip)$/

/** What providers and other systems hand over: proves who sent it, then stores it. */
export function receiveWebhook(
  platform: Platform,
  deps: { directory: AccountDirectory; accounts: OpenAccounts; accept: AcceptRaw; metrics: ChannelMetrics },
) {
  async function receiverOf(key: string) {
    const row = await deps.directory.byKey(key)
    const receive = row && deps.accounts.open(row).receive
    if (!row || receive?.mode !== 'webhook')
      throw new Problem('channels.unknown_key', 404, 'No channel takes messages at this address.')
    return { row, receive }
  }

  return {
    /** Before a body is read. @throws Problem `channels.unknown_key` */
    expect: async (key: string): Promise<void> => void (await receiverOf(key)),
    /**
     * Takes in one call. Answers only after the commit.
     * @throws Problem `channels.unknown_key`, `channels.not_authentic`, `channels.input_invalid`, `channels.not_stored`
     */
    take: async (key: string, input: { headers: IncomingHttpHeaders; body: Uint8Array }) => {
      const { row, receive } = await receiverOf(key)
      const raw: RawInput = {
        key: '',
        receivedAt: platform.now(),
        headers: plainHeaders(input.headers),
        body: input.body,
      }
      if (!receive.authentic(raw)) {
        deps.metrics.arrivals.inc({ channel: row.kind, outcome: 'refused' })
        throw new Problem('channels.not_authentic', 401, 'The signature is missing, wrong or older than five minutes.')
      }
      const ref = { workspaceId: row.workspaceId, accountId: row.id }
      try {
        await deps.accept(ref, { ...raw, key: keyOf(receive, raw) })
      } catch (error) {
        if (isOutage(error)) throw new Problem('channels.not_stored', 503, 'It could not be stored now. Send it again.')
        throw error
      }
      return receive.answer?.(raw) ?? { status: 202, body: '{"status":"accepted"}' }
    },
  }
}

function keyOf(receive: { keyOf?(raw: RawInput): string }, raw: RawInput): string {
  try {
    return receive.keyOf?.(raw) ?? ''
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    throw new Problem('channels.input_invalid', 422, error.message)
  }
}

const plainHeaders = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || LEFT_OUT.test(name) ? [] : [[name, String(value).slice(0, 2000)]],
    ),
  )
