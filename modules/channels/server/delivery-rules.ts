import { GIVE_UP_AFTER_MS, retryPauseMs } from '#platform/server/retry-pause'
import type { DeliveryState } from '../contract/delivery.ts'
import type { ChannelError } from './channel-adapter.ts'

const MINUTE_MS = 60_000
/** Wrong credentials do not mend themselves, and trying them often locks accounts out. A change of settings tries at once. */
const UNAUTHORISED_RETRY_MS = 30 * MINUTE_MS

export interface Outcome {
  readonly state: DeliveryState
  readonly nextTryAt: Date | null
  readonly reason: string
  readonly reasonCode: string
}

/**
 * What becomes of a delivery whose try failed: another try later, `failed`, or `unknown` when it may have arrived and the
 * channel cannot make a repetition harmless.
 */
export function outcomeOf(of: {
  error: Pick<ChannelError, 'message' | 'reason' | 'outcome' | 'details'>
  /** Tries so far, this one included. */
  attempts: number
  queuedAt: Date
  now: Date
  idempotentSend: boolean
  /** 0 ≤ random < 1: spreads retries, so that many do not return together. */
  random: number
}): Outcome {
  const { error, attempts, queuedAt, now } = of
  const said = { reason: error.message.slice(0, 1000), reasonCode: error.reason }
  if (error.outcome === 'unknown' && !of.idempotentSend) return { ...said, state: 'unknown', nextTryAt: null }
  if (error.reason === 'rejected' || error.reason === 'window_closed')
    return { ...said, state: 'failed', nextTryAt: null }
  const nextTryAt = new Date(now.getTime() + pauseMs(error, attempts, of.random))
  if (nextTryAt.getTime() - queuedAt.getTime() > GIVE_UP_AFTER_MS) return { ...said, state: 'failed', nextTryAt: null }
  return { ...said, state: 'queued', nextTryAt }
}

function pauseMs(error: Pick<ChannelError, 'reason' | 'details'>, attempts: number, random: number): number {
  const { retryAfterSeconds } = error.details
  const isClosed = error.reason === 'unauthorised' || error.reason === 'not_configured'
  if (isClosed && retryAfterSeconds === undefined) return UNAUTHORISED_RETRY_MS
  // "At once", or a date that is past by our clock, is no pause: message and refusal would chase each other for three days.
  return retryPauseMs(attempts, random, retryAfterSeconds || undefined)
}

/** States that a fact about a sent message may lead to. A message that was read did arrive, whatever a late bounce says. */
const NEXT: Record<'delivered' | 'read' | 'failed', readonly DeliveryState[]> = {
  delivered: ['sending', 'sent', 'unknown'],
  read: ['sending', 'sent', 'delivered', 'unknown'],
  failed: ['sending', 'sent', 'unknown'],
}

/** True when a message in state `from` may turn to `to`: states only move on. */
export const movesOn = (from: DeliveryState, to: 'delivered' | 'read' | 'failed'): boolean => NEXT[to].includes(from)
