import type { Tx } from '#platform/server/database'
import { enqueue } from '#platform/server/jobs'
import { isOutage } from '#platform/server/outage'
import type { Platform } from '#platform/server/platform'
import { inSpans } from '#platform/server/tracing'
import { systemActor } from '#platform/shared/actor'
import { factsArrived } from '../contract/events.ts'
import type { AccountRow } from './accounts.queries.ts'
import { lockNewArrivals, lockReading, markRead, recordFailedReading } from './arrivals.queries.ts'
import { Unreadable } from './channel-adapter.ts'
import type { ChannelMetrics } from './channel-metrics.ts'
import { readArrivalsJob } from './read-arrivals.ts'
import type { ReadArrival } from './read-facts.ts'
import type { Received, ReceivedFact, Receiver } from './receiver.ts'
import { DeliveryNotRecordedYet, type RecordDeliveryFact } from './record-delivery-fact.ts'
import { storeMessage } from './store-message.ts'

/** A failure that repeats this often is a bug, not an accident. */
const MAX_ATTEMPTS = 3
/** Pauses before the second and the third try. */
const RETRY_MS = [1000, 5000]

const isLastTry = ({ attempts }: { attempts: number }) => attempts + 1 >= MAX_ATTEMPTS

export type StoreArrivals = (account: AccountRow, read: readonly ReadArrival[]) => Promise<void>

/**
 * Hands the facts of arrivals to the receiver, in the transaction that marks them as read: one for all, and one for each when that fails,
 * so that one arrival never stops the others.
 *
 * @throws Error on an outage: nothing is lost, the arrivals still wait
 */
export function storeArrivals(
  { transaction, events, files, log, now }: Platform,
  deps: { receiver: () => Receiver; recordDeliveryFact: RecordDeliveryFact; metrics: ChannelMetrics },
): StoreArrivals {
  const { metrics } = deps

  return async (account, read) => {
    try {
      const ended = metrics.receiveSeconds.startTimer({ channel: account.kind })
      const parents = read.map(({ arrival }) => arrival.headers.traceparent)
      await inSpans('receive arrivals', parents, () =>
        transaction(account.workspaceId, (tx) => storeTogether(tx, account, read)),
      )
      ended()
    } catch (error) {
      if (isOutage(error)) throw error
      for (const one of read) await storeAlone(account, one)
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
    await events.publish(
      tx,
      systemActor(account.workspaceId),
      factsArrived,
      { accountId: account.id, messages },
      { audience: ['supervisors'] },
    )
    tx.afterCommit(() => {
      metrics.arrivals.inc({ channel: account.kind, outcome: 'read' }, done.length)
      for (const { arrival } of done) {
        const ms = Math.max(0, now().getTime() - arrival.receivedAt.getTime())
        metrics.intakeSeconds.observe({ channel: account.kind }, ms / 1000)
      }
    })
  }

  async function storeAlone(account: AccountRow, one: ReadArrival) {
    try {
      await transaction(account.workspaceId, (tx) => storeTogether(tx, account, [one]))
    } catch (error) {
      if (isOutage(error)) throw error
      if (!(error instanceof DeliveryNotRecordedYet))
        log.error({ err: error, arrivalId: one.arrival.id, accountId: account.id }, 'arrival not read')
      await transaction(account.workspaceId, (tx) => recordFailure(tx, account, one, error))
    }
  }

  /** Stores the files of an arrival and settles what it says about deliveries; the rest is for the receiver. */
  async function store(tx: Tx, account: AccountRow, { arrival, facts, contents }: ReadArrival): Promise<Received> {
    const { workspaceId, id, kind, name, teamId } = account
    const received: ReceivedFact[] = []
    for (const fact of facts) {
      if (fact.type === 'message') received.push(await storeMessage(tx, files, fact, contents))
      else if (fact.type !== 'delivery') received.push(fact)
      else await deps.recordDeliveryFact(tx, { workspaceId, accountId: id }, fact, { isLastTry: isLastTry(arrival) })
    }
    return {
      account: { id, kind, name, teamId },
      arrivalId: arrival.id,
      receivedAt: arrival.receivedAt,
      facts: received,
    }
  }

  async function recordFailure(tx: Tx, account: AccountRow, { arrival }: ReadArrival, error: unknown) {
    const isHopeless = error instanceof Unreadable || isLastTry(arrival)
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
