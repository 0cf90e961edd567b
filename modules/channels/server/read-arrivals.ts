import { z } from 'zod'
import { defineJob } from '#platform/server/jobs'
import type { Platform } from '#platform/server/platform'
import { inSpan } from '#platform/server/tracing'
import type { AccountRef } from './account-ref.ts'
import { type AccountRow, findAccount } from './accounts.queries.ts'
import { nextArrivals } from './arrivals.queries.ts'
import type { ChannelAccount } from './channel-adapter.ts'
import type { ChannelMetrics } from './channel-metrics.ts'
import { AccountUnusable, type OpenAccounts } from './open-accounts.ts'
import { type ReadArrival, readFacts } from './read-facts.ts'
import type { StoreArrivals } from './store-arrivals.ts'

export const readArrivalsJob = defineJob('channels.read_arrivals', z.object({ accountId: z.uuid() }))

/** Bigger batches cost fewer statements for each arrival; the last one of a batch waits for all of it. */
const BATCH = 200
const BATCH_BYTES = 16 * 1024 * 1024

/** Resolves when nothing due is left, or after the batch during which `signal` was raised. */
export type ReadArrivals = (ref: AccountRef, signal?: AbortSignal) => Promise<void>

/**
 * Reads every due arrival of one account, oldest first: facts go to the receiver in the transaction that marks the arrival as read.
 * One arrival that fails never stops the next one. Runs once at a time per account, over all processes.
 *
 * @throws Error on an outage: nothing is lost, the job tries again
 */
export function readArrivals(
  { transaction, now }: Platform,
  deps: { accounts: OpenAccounts; store: StoreArrivals; metrics: ChannelMetrics },
): ReadArrivals {
  const { store, metrics } = deps
  const secondsSince = (at: Date) => Math.max(0, now().getTime() - at.getTime()) / 1000
  const reading = new Map<string, { again: boolean }>()

  return async (ref, signal) => {
    const current = reading.get(ref.accountId)
    if (current) {
      // It may have looked just before this arrival came: it looks once more.
      current.again = true
      return
    }
    const own = { again: true }
    reading.set(ref.accountId, own)
    try {
      while (own.again) {
        own.again = false
        await readAll(ref, signal)
      }
    } finally {
      reading.delete(ref.accountId)
    }
  }

  /** While a batch is being stored, the next one is fetched and read. */
  async function readAll(ref: AccountRef, signal: AbortSignal | undefined) {
    let batch = await nextBatch(ref, [])
    while (batch && !signal?.aborted) {
      const next = nextBatch(ref, batch.read)
      // Its failure is met when its turn comes.
      next.catch(() => undefined)
      await store(batch.account, batch.read)
      batch = await next
    }
  }

  /**
   * The oldest due arrivals besides those that are being stored, read. Never "those behind the last one": one that was stored later by
   * another process can have an earlier id, and comes before its successors only if it is looked for again.
   */
  async function nextBatch({ workspaceId, accountId }: AccountRef, inHand: readonly ReadArrival[]) {
    const except = inHand.map(({ arrival }) => arrival.id)
    const { account, arrivals } = await transaction(workspaceId, async (tx) => ({
      account: await findAccount(tx, accountId),
      arrivals: await nextArrivals(tx, { accountId, except, now: now(), limit: BATCH, maxBytes: BATCH_BYTES }),
    }))
    if (!account || arrivals.length === 0) return undefined
    const opened = await openOrReport(account)
    if (!opened) return undefined
    const read: ReadArrival[] = []
    for (const arrival of arrivals) {
      metrics.arrivalWaitSeconds.observe({ channel: account.kind }, secondsSince(arrival.receivedAt))
      const ended = metrics.normaliseSeconds.startTimer({ channel: account.kind })
      const parent = arrival.headers.traceparent ?? null
      read.push(await inSpan('read arrival', { kind: 'consumer', parent }, () => readFacts(opened, arrival)))
      ended()
    }
    return { account, read }
  }

  /** An account whose settings cannot be used keeps its arrivals; they are read when somebody has mended it. */
  async function openOrReport(account: AccountRow): Promise<ChannelAccount | undefined> {
    try {
      return deps.accounts.open(account)
    } catch (error) {
      if (!(error instanceof AccountUnusable)) throw error
      const ref = { workspaceId: account.workspaceId, accountId: account.id }
      await deps.accounts.setHealth(ref, 'failing', error.message)
      return undefined
    }
  }
}
