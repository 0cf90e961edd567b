import type { Tx } from '#platform/server/database'
import { enqueue } from '#platform/server/jobs'
import { isOutage } from '#platform/server/outage'
import type { Platform } from '#platform/server/platform'
import { inSpan, inSpans } from '#platform/server/tracing'
import { systemActor } from '#platform/shared/actor'
import { factsArrived } from '../contract/events.ts'
import { readArrivalsJob } from './accept-raw.ts'
import type { AccountRef } from './account-ref.ts'
import { type AccountRow, findAccount } from './accounts.queries.ts'
import { lockNewArrivals, lockReading, markRead, nextArrivals, recordFailedReading } from './arrivals.queries.ts'
import { type ChannelAccount, Unreadable } from './channel-adapter.ts'
import type { ChannelMetrics } from './channel-metrics.ts'
import { AccountUnusable, type OpenAccounts } from './open-accounts.ts'
import { type ReadArrival, readFacts } from './read-facts.ts'
import type { Received, ReceivedFact, Receiver } from './receiver.ts'
import type { RecordDeliveryFact } from './record-delivery-fact.ts'
import { storeMessage } from './store-message.ts'

const BATCH = 100
const BATCH_BYTES = 16 * 1024 * 1024
/** A failure that repeats this often is a bug, not an accident. */
const MAX_ATTEMPTS = 3
/** Pauses before the second and the third try. */
const RETRY_MS = [1000, 5000]

export interface ReadArrivalsDeps {
  readonly accounts: OpenAccounts
  readonly receiver: () => Receiver
  readonly recordDeliveryFact: RecordDeliveryFact
  readonly metrics: ChannelMetrics
}

/**
 * Reads every due arrival of one account, oldest first: facts go to the receiver in the transaction that marks the arrival as read.
 * One arrival that fails never stops the next one. Runs once at a time per account, over all processes.
 *
 * @throws Error on an outage: nothing is lost, the job tries again
 */
export function readArrivals(platform: Platform, deps: ReadArrivalsDeps): (ref: AccountRef) => Promise<void> {
  const { transaction, events, log, now } = platform
  const { metrics } = deps
  const secondsSince = (at: Date) => Math.max(0, now().getTime() - at.getTime()) / 1000
  const reading = new Map<string, { again: boolean }>()

  return async (ref) => {
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
        while (await readBatch(ref));
      }
    } finally {
      reading.delete(ref.accountId)
    }
  }

  /** True when there may be more. */
  async function readBatch({ workspaceId, accountId }: AccountRef): Promise<boolean> {
    const { account, arrivals } = await transaction(workspaceId, async (tx) => ({
      account: await findAccount(tx, accountId),
      arrivals: await nextArrivals(tx, { accountId, now: now(), limit: BATCH, maxBytes: BATCH_BYTES }),
    }))
    if (!account || arrivals.length === 0) return false
    const opened = await openOrReport(account)
    if (!opened) return false
    const read: ReadArrival[] = []
    for (const arrival of arrivals) {
      metrics.arrivalWaitSeconds.observe({ channel: account.kind }, secondsSince(arrival.receivedAt))
      const ended = metrics.normaliseSeconds.startTimer({ channel: account.kind })
      const parent = arrival.headers.traceparent ?? null
      read.push(await inSpan('read arrival', { kind: 'consumer', parent }, () => readFacts(opened, arrival)))
      ended()
    }
    try {
      const ended = metrics.receiveSeconds.startTimer({ channel: account.kind })
      const parents = arrivals.map(({ headers }) => headers.traceparent)
      await inSpans('receive arrivals', parents, () =>
        transaction(workspaceId, (tx) => storeTogether(tx, account, read)),
      )
      ended()
    } catch (error) {
      if (isOutage(error)) throw error
      for (const one of read) await storeAlone(account, one)
    }
    return true
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

  async function storeTogether(tx: Tx, account: AccountRow, read: readonly ReadArrival[]) {
    await lockReading(tx, account.id)
    const waiting = await lockNewArrivals(
      tx,
      read.map(({ arrival }) => arrival.id),
    )
    const done: ReadArrival[] = []
    const received: Received[] = []
    for (const one of read) {
      if (!waiting.has(one.arrival.id)) continue
      if (one.failure) await recordFailure(tx, account, one, one.failure)
      else {
        done.push(one)
        received.push(await store(tx, account, one))
      }
    }
    if (done.length === 0) return
    const withFacts = received.filter(({ facts }) => facts.length > 0)
    if (withFacts.length > 0) await deps.receiver().receiveAll(tx, withFacts)
    const ids = done.map(({ arrival }) => arrival.id)
    await markRead(tx, ids, now())
    const messages = done.flatMap(({ facts }) => facts).filter(({ type }) => type === 'message').length
    await events.publish(tx, systemActor(account.workspaceId), factsArrived, { accountId: account.id, messages }, [
      'supervisors',
    ])
    tx.afterCommit(() => {
      metrics.arrivals.inc({ channel: account.kind, outcome: 'read' }, done.length)
      for (const { arrival } of done) {
        metrics.intakeSeconds.observe({ channel: account.kind }, secondsSince(arrival.receivedAt))
      }
    })
  }

  async function storeAlone(account: AccountRow, one: ReadArrival) {
    try {
      await transaction(account.workspaceId, (tx) => storeTogether(tx, account, [one]))
    } catch (error) {
      if (isOutage(error)) throw error
      log.error({ err: error, arrivalId: one.arrival.id, accountId: account.id }, 'arrival not read')
      await transaction(account.workspaceId, (tx) => recordFailure(tx, account, one, error))
    }
  }

  /** Stores the files of an arrival and settles what it says about deliveries; the rest is for the receiver. */
  async function store(tx: Tx, account: AccountRow, { arrival, facts, contents }: ReadArrival): Promise<Received> {
    const { workspaceId, id, kind, name, teamId } = account
    const received: ReceivedFact[] = []
    for (const fact of facts) {
      if (fact.type === 'message') received.push(await storeMessage(tx, platform.files, fact, contents))
      else if (fact.type !== 'delivery') received.push(fact)
      else await deps.recordDeliveryFact(tx, { workspaceId, accountId: id }, fact, arrival)
    }
    return {
      account: { id, kind, name, teamId },
      arrivalId: arrival.id,
      receivedAt: arrival.receivedAt,
      facts: received,
    }
  }

  async function recordFailure(tx: Tx, account: AccountRow, { arrival }: ReadArrival, error: unknown) {
    const isHopeless = error instanceof Unreadable || arrival.attempts + 1 >= MAX_ATTEMPTS
    const pauseMs = RETRY_MS[arrival.attempts] ?? RETRY_MS.at(-1) ?? 0
    const nextTryAt = isHopeless ? null : new Date(now().getTime() + pauseMs)
    await recordFailedReading(tx, { id: arrival.id, reason: reasonOf(error), nextTryAt })
    if (nextTryAt) {
      const key = `read again:${arrival.id}`
      enqueue(tx, readArrivalsJob, { accountId: account.id }, { key, runAt: nextTryAt })
    } else tx.afterCommit(() => metrics.arrivals.inc({ channel: account.kind, outcome: 'unreadable' }))
  }
}

const reasonOf = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error)
  return text.replaceAll('\0', '').slice(0, 1000) || 'unknown'
}
