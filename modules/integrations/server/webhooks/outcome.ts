import { PrivateAddress } from '#platform/server/guarded-fetch'
import { GIVE_UP_AFTER_MS, retryPauseMs } from '#platform/server/retry-pause'
import type { WebhookAnswer } from '#platform/server/webhooks'
import type { ReasonCode } from '../../contract/index.ts'

const MAX_REASON = 500
const GONE = 410

/** What became of one try: the receiver's answer, or why there was none. */
export type Try = { readonly answer: WebhookAnswer } | { readonly failure: Failure }
export interface Failure {
  readonly reason: string
  readonly code: ReasonCode
}

export interface Outcome {
  readonly state: 'delivered' | 'queued' | 'given_up'
  readonly nextTryAt: Date | null
  readonly reason: string | null
  readonly reasonCode: ReasonCode | null
  /** The receiver wants nothing more, ever. */
  readonly isGone: boolean
}

/**
 * What becomes of a delivery after a try. Every answer but 2xx is tried again, redirects too (they are not followed), until three days after its
 * first try; an answer 410 keeps it for the day when somebody switches the webhook on again.
 *
 * @param random 0 ≤ random < 1: spreads retries
 */
export function outcomeOf(of: { tried: Try; attempts: number; firstTryAt: Date; now: Date; random: number }): Outcome {
  const { tried, attempts, firstTryAt, now, random } = of
  const answer = 'answer' in tried ? tried.answer : undefined
  if (answer?.isTaken) return { state: 'delivered', nextTryAt: null, reason: null, reasonCode: null, isGone: false }
  const failure: Failure = 'failure' in tried ? tried.failure : { reason: saying(tried.answer), code: 'refused' }
  const why = { reason: failure.reason.slice(0, MAX_REASON), reasonCode: failure.code }
  // Whoever asks for a short pause again and again has each try kept in the log: the pauses grow all the same.
  const ownPauseMs = retryPauseMs(attempts, random)
  const nextTryAt = new Date(
    now.getTime() + Math.max(ownPauseMs, retryPauseMs(attempts, random, answer?.retryAfterSeconds)),
  )
  if (answer?.status === GONE) return { ...why, state: 'queued', nextTryAt, isGone: true }
  const isOver = nextTryAt.getTime() - firstTryAt.getTime() > GIVE_UP_AFTER_MS
  return { ...why, state: isOver ? 'given_up' : 'queued', nextTryAt: isOver ? null : nextTryAt, isGone: false }
}

const saying = ({ status, text }: WebhookAnswer) => `${status}${text.trim() ? `: ${text.trim().slice(0, 200)}` : ''}`

/** Why a call had no answer. */
export function failureOf(error: unknown): Failure {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return { reason: 'no connection', code: 'unreachable' }
  if (cause.name === 'TimeoutError') return { reason: 'no answer within 10 seconds', code: 'silent' }
  if (cause instanceof PrivateAddress) return { reason: cause.message, code: 'private' }
  return { reason: cause.message, code: 'unreachable' }
}
