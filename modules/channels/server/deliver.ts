import { setTimeout as pause } from 'node:timers/promises'
import type { Tx } from '#platform/server/database'
import { isOutage } from '#platform/server/outage'
import type { Platform } from '#platform/server/platform'
import { inSpan } from '#platform/server/tracing'
import type { AccountRef } from './account-ref.ts'
import { type AccountRow, findAccounts } from './accounts.queries.ts'
import type { ChangeDelivery, DeliveryChange } from './change-delivery.ts'
import type { ChannelMetrics } from './channel-metrics.ts'
import { claimDeliveries, type Delivery, lockDeliveries, type Room, renewLeases } from './deliveries.queries.ts'
import { askForSending, type SendSoon } from './enqueue-delivery.ts'
import { gather } from './gather.ts'
import type { OpenAccounts } from './open-accounts.ts'
import { trySending } from './try-sending.ts'

/** Messages of one account that one process sends at the same time. */
const PARALLEL = 8
/** A process that is alive renews its leases long before they end; after a crash they end soon. */
export const LEASE_MS = 30_000
const RENEW_MS = 10_000
/**
 * Results of this time are recorded together, and what is due is claimed again no sooner. A lone message does not wait for it; under load
 * it makes one transaction of ten.
 */
const GATHER_MS = 10
const GATHER_MAX = 200
const RECORD_AGAIN_MS = 500

export interface Sender {
  /** Sends what is due of one account, until nothing is left. Returns at once; the work goes on. */
  wake(ref: AccountRef): void
  /**
   * Sends what is due of an account after the caller's commit. A process that works needs no job for it: storing and fetching one costs as
   * much as the message. What is not sent because its process died is found by the sweep.
   */
  readonly sendSoon: SendSoon
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
  const { transaction, database, config, now } = platform
  const isWorker = config.roles.has('worker')
  const { metrics } = deps
  const secondsSince = (at: Date) => Math.max(0, now().getTime() - at.getTime()) / 1000
  const log = platform.log.child({ part: 'deliveries' })
  /** Messages of each account that are on their way. */
  const underWay = new Map<string, number>()
  /** Accounts of each workspace that may have something due; present while somebody looks. */
  const awake = new Map<string, Set<string>>()
  const sending = new Map<string, Promise<void>>()
  const claiming = new Set<Promise<void>>()
  let isStopped = true
  let renewing: NodeJS.Timeout | undefined

  const record = gather<{ delivery: Delivery; to: DeliveryChange }, undefined>({
    waitMs: GATHER_MS,
    maxItems: GATHER_MAX,
    maxBytes: Number.POSITIVE_INFINITY,
    sizeOf: () => 0,
    isCommon: isOutage,
    run: (workspaceId, results) =>
      transaction(workspaceId, async (tx) => {
        const locked = await lockDeliveries(
          tx,
          results.map(({ delivery }) => delivery.id),
        )
        const states = new Map(locked.map(({ id, state }) => [id, state]))
        // A receipt may have been faster than our own "sent".
        const news = results.filter(({ delivery, to }) => {
          const state = states.get(delivery.id)
          return state === 'sending' || (state === 'unknown' && to.state === 'sent')
        })
        await deps.change(tx, news)
        for (const { delivery, to } of news) if (to.nextTryAt) askForSending(tx, delivery.accountId, to.nextTryAt)
        return results.map(() => undefined)
      }),
  })

  function wake({ workspaceId, accountId }: AccountRef) {
    if (isStopped) return
    const known = awake.get(workspaceId)
    if (known) {
      known.add(accountId)
      return
    }
    awake.set(workspaceId, new Set([accountId]))
    const claims = claimWhileAwake(workspaceId)
      .catch((error) => log.warn({ err: error, workspaceId }, 'cannot claim deliveries'))
      .finally(() => claiming.delete(claims))
    claiming.add(claims)
  }

  function sendSoon(tx: Tx, accountId: string) {
    const { workspaceId } = tx
    if (isWorker) tx.afterCommit(() => wake({ workspaceId, accountId }))
    else askForSending(tx, accountId)
  }

  async function claimWhileAwake(workspaceId: string) {
    try {
      for (;;) {
        const rooms = roomsOf(awake.get(workspaceId))
        if (rooms.length === 0 || isStopped) return
        for (const { account, delivery } of await claim(workspaceId, rooms)) send(account, delivery)
        await pause(GATHER_MS)
      }
    } finally {
      awake.delete(workspaceId)
    }
  }

  /** Empties the set: an account without room is woken by the end of what it sends. */
  function roomsOf(accounts: Set<string> | undefined): Room[] {
    const rooms = [...(accounts ?? [])].map((accountId) => ({
      accountId,
      limit: PARALLEL - (underWay.get(accountId) ?? 0),
    }))
    accounts?.clear()
    return rooms.filter(({ limit }) => limit > 0)
  }

  const claim = (workspaceId: string, rooms: readonly Room[]) =>
    transaction(workspaceId, async (tx) => {
      const accounts = await findAccounts(
        tx,
        rooms.map(({ accountId }) => accountId),
      )
      const inUse = new Map(accounts.filter((one) => one.isEnabled && !one.archivedAt).map((one) => [one.id, one]))
      const time = now()
      const claimed = await claimDeliveries(tx, {
        rooms: rooms.filter(({ accountId }) => inUse.has(accountId)),
        now: time,
        leaseUntil: new Date(time.getTime() + LEASE_MS),
      })
      return claimed.flatMap((delivery) => {
        const account = inUse.get(delivery.accountId)
        return account ? [{ account, delivery }] : []
      })
    })

  function send(account: AccountRow, delivery: Delivery) {
    const count = (change: number) => {
      const next = (underWay.get(account.id) ?? 0) + change
      if (next > 0) underWay.set(account.id, next)
      else underWay.delete(account.id)
    }
    count(1)
    const done = sendOne(account, delivery).finally(() => {
      sending.delete(delivery.id)
      count(-1)
      // The next one of this lane may go now.
      wake({ workspaceId: account.workspaceId, accountId: account.id })
    })
    sending.set(delivery.id, done)
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
    await tellHealth(ref, account, result).catch((error) => log.warn({ err: error }, 'health not stored'))
    await recordUntilDone(ref, delivery, result)
  }

  /** What a message met tells whether the account's credentials work. One that listens tells when it is well by itself. */
  async function tellHealth(ref: AccountRef, account: AccountRow, { state, reasonCode, reason }: DeliveryChange) {
    if (reasonCode === 'unauthorised') await deps.accounts.setHealth(ref, 'failing', reason ?? '')
    else if (
      state === 'sent' &&
      account.health === 'failing' &&
      deps.accounts.open(account).receive.mode !== 'connection'
    )
      await deps.accounts.setHealth(ref, 'connected')
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
    sendSoon,
    start: () => {
      isStopped = false
      renewing = setInterval(() => {
        renew().catch((error) => log.warn({ err: error }, 'leases not renewed'))
      }, RENEW_MS)
    },
    stop: async () => {
      isStopped = true
      // What a claim under way brings is marked as being sent: it has to go out, or nobody would know its fate.
      await Promise.all(claiming)
      await Promise.allSettled(sending.values())
      clearInterval(renewing)
    },
  }
}
