import { isOutage } from '#platform/server/outage'
import type { Platform } from '#platform/server/platform'
import { inSpan } from '#platform/server/tracing'
import type { AccountRef } from './account-ref.ts'
import { type AccountRow, findAccount } from './accounts.queries.ts'
import type { ChangeDelivery, DeliveryChange } from './change-delivery.ts'
import type { ChannelMetrics } from './channel-metrics.ts'
import { claimDeliveries, type Delivery, lockDelivery, renewLeases } from './deliveries.queries.ts'
import { askForSending } from './enqueue-delivery.ts'
import { gather } from './gather.ts'
import type { OpenAccounts } from './open-accounts.ts'
import { trySending } from './try-sending.ts'

/** Messages of one account that one process sends at the same time. */
const PARALLEL = 8
/** A process that is alive renews its leases long before they end; after a crash they end soon. */
export const LEASE_MS = 30_000
const RENEW_MS = 10_000
/** Results that come together are recorded together. */
const GATHER_MS = 2
const RECORD_AGAIN_MS = 500

export interface Sender {
  /** Sends what is due of one account, until nothing is left. Returns at once; the work goes on. */
  wake(ref: AccountRef): void
  /** Claims nothing more; resolves when what is under way was sent and recorded. */
  stop(): Promise<void>
  start(): void
}

/**
 * Sends queued messages: each is marked as being sent, in a committed transaction, before the provider hears of it. So a crash in
 * between leaves a trace, and nothing is sent twice unnoticed.
 */
export function createSender(
  platform: Platform,
  deps: { accounts: OpenAccounts; change: ChangeDelivery; metrics: ChannelMetrics },
): Sender {
  const { transaction, database, now } = platform
  const { metrics } = deps
  const secondsSince = (at: Date) => Math.max(0, now().getTime() - at.getTime()) / 1000
  const log = platform.log.child({ part: 'deliveries' })
  const lanes = new Map<string, { underWay: number; isClaiming: boolean; again: boolean }>()
  const sending = new Map<string, Promise<void>>()
  let isStopped = true
  let renewing: NodeJS.Timeout | undefined

  const record = gather<{ delivery: Delivery; to: DeliveryChange }, undefined>({
    waitMs: GATHER_MS,
    maxItems: 50,
    maxBytes: Number.POSITIVE_INFINITY,
    sizeOf: () => 0,
    run: (workspaceId, results) =>
      transaction(workspaceId, async (tx) => {
        // In id order everywhere, so that two processes cannot wait for each other.
        for (const { delivery, to } of results.toSorted((a, b) => (a.delivery.id < b.delivery.id ? -1 : 1))) {
          const current = await lockDelivery(tx, delivery.id)
          // A receipt may have been faster than our own "sent".
          if (!current || !(current.state === 'sending' || (current.state === 'unknown' && to.state === 'sent')))
            continue
          await deps.change(tx, delivery, to)
          if (to.nextTryAt) askForSending(tx, delivery.accountId, to.nextTryAt)
        }
        return results.map(() => undefined)
      }),
  })

  function wake(ref: AccountRef) {
    const lane = lanes.get(ref.accountId) ?? { underWay: 0, isClaiming: false, again: false }
    lanes.set(ref.accountId, lane)
    lane.again = true
    if (lane.isClaiming || isStopped) return
    lane.isClaiming = true
    claimAndSend(ref, lane)
      .catch((error) => log.warn({ err: error, accountId: ref.accountId }, 'cannot claim deliveries'))
      .finally(() => {
        lane.isClaiming = false
        if (lane.underWay === 0) lanes.delete(ref.accountId)
      })
  }

  async function claimAndSend(ref: AccountRef, lane: { underWay: number; again: boolean }) {
    while (lane.again && lane.underWay < PARALLEL && !isStopped) {
      lane.again = false
      const { account, claimed } = await transaction(ref.workspaceId, async (tx) => {
        const account = await findAccount(tx, ref.accountId)
        if (!account?.isEnabled || account.archivedAt) return { account, claimed: [] }
        const time = now()
        const leaseUntil = new Date(time.getTime() + LEASE_MS)
        const limit = PARALLEL - lane.underWay
        return { account, claimed: await claimDeliveries(tx, { accountId: account.id, now: time, leaseUntil, limit }) }
      })
      if (!account) return
      for (const delivery of claimed) {
        lane.underWay++
        const done = sendOne(account, delivery).finally(() => {
          sending.delete(delivery.id)
          lane.underWay--
          // The next one of this lane may go now.
          wake(ref)
        })
        sending.set(delivery.id, done)
      }
    }
  }

  async function sendOne(account: AccountRow, delivery: Delivery): Promise<void> {
    const ref = { workspaceId: account.workspaceId, accountId: account.id }
    const channel = account.kind
    if (delivery.attempts <= 1) metrics.deliveryWaitSeconds.observe({ channel }, secondsSince(delivery.queuedAt))
    const ended = metrics.sendSeconds.startTimer({ channel })
    const { result, outcome } = await inSpan(
      'send message',
      {
        kind: 'producer',
        parent: delivery.message.traceparent ?? null,
        attributes: { channel, attempt: delivery.attempts },
      },
      async (span) => {
        const tried = await trySending({ platform, accounts: deps.accounts, account, delivery })
        span?.setAttribute('outcome', tried.outcome)
        return tried
      },
    )
    ended({ outcome })
    metrics.deliveries.inc({ channel, outcome })
    if (result.state === 'sent') metrics.deliverySeconds.observe({ channel }, secondsSince(delivery.queuedAt))
    if (result.reasonCode === 'unauthorised')
      await deps.accounts
        .setHealth(ref, 'failing', result.reason ?? '')
        .catch((error) => log.warn({ err: error }, 'health not stored'))
    await recordUntilDone(ref, delivery, result)
  }

  /** While the database is away the result is kept in hand: the lease is renewed only here, so nobody else takes the message up. */
  async function recordUntilDone(ref: AccountRef, delivery: Delivery, to: DeliveryChange) {
    for (;;) {
      try {
        await record(ref.workspaceId, { delivery, to })
        return
      } catch (error) {
        log.error({ err: error, messageId: delivery.id }, 'result of a delivery not stored')
        // Not an outage: nothing would change. The lease ends, and the fate is then unknown.
        if (!isOutage(error) || isStopped) return
        await new Promise((resolve) => setTimeout(resolve, RECORD_AGAIN_MS))
      }
    }
  }

  async function renew() {
    const ids = [...sending.keys()]
    if (ids.length > 0) await database.system((tx) => renewLeases(tx, ids, new Date(now().getTime() + LEASE_MS)))
  }

  return {
    wake,
    start: () => {
      isStopped = false
      renewing = setInterval(() => {
        renew().catch((error) => log.warn({ err: error }, 'leases not renewed'))
      }, RENEW_MS)
    },
    stop: async () => {
      isStopped = true
      await Promise.allSettled(sending.values())
      clearInterval(renewing)
    },
  }
}
