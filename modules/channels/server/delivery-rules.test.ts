import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GIVE_UP_AFTER_MS } from '#platform/server/retry-pause'
import { ChannelError } from './channel-adapter.ts'
import { movesOn, outcomeOf } from './delivery-rules.ts'

const now = new Date('2026-11-21T12:00:00Z')
const base = { attempts: 1, queuedAt: now, now, idempotentSend: false, random: 0.5 }
const error = (
  reason: ChannelError['reason'],
  outcome: ChannelError['outcome'] = 'not_sent',
  retryAfterSeconds?: number,
) => new ChannelError('words', reason, outcome, retryAfterSeconds === undefined ? {} : { retryAfterSeconds })

test('pauses grow, stay within an hour and a quarter, and end after three days', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (attempts, random) => {
        const { state, nextTryAt } = outcomeOf({ ...base, attempts, random, error: error('unreachable') })
        const pauseMs = Number(nextTryAt) - Number(now)
        expect(state).toBe('queued')
        expect(pauseMs).toBeGreaterThanOrEqual(3750)
        expect(pauseMs).toBeLessThanOrEqual(75 * 60_000)
      },
    ),
  )
  const queuedAt = new Date(now.getTime() - GIVE_UP_AFTER_MS)
  expect(outcomeOf({ ...base, queuedAt, error: error('unreachable') }).state).toBe('failed')
})

test('a provider is never asked earlier than it allowed', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 86_400 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (seconds, random) => {
        const { nextTryAt } = outcomeOf({ ...base, random, error: error('rate_limited', 'not_sent', seconds) })
        expect(Number(nextTryAt) - Number(now)).toBeGreaterThanOrEqual(seconds * 1000)
      },
    ),
  )
})

test('a provider that says "at once", or whose clock is behind, is not asked without a pause', () => {
  const { nextTryAt } = outcomeOf({ ...base, error: error('rate_limited', 'not_sent', 0) })
  expect(Number(nextTryAt) - Number(now)).toBeGreaterThanOrEqual(3750)
})

test('an unknown outcome is repeated only where that is harmless', () => {
  const unknown = error('unreachable', 'unknown')
  expect(outcomeOf({ ...base, error: unknown })).toMatchObject({ state: 'unknown', nextTryAt: null })
  expect(outcomeOf({ ...base, error: unknown, idempotentSend: true }).state).toBe('queued')
})

test('states only move on', () => {
  expect(movesOn('read', 'failed')).toBe(false)
  expect(movesOn('read', 'delivered')).toBe(false)
  expect(movesOn('failed', 'delivered')).toBe(false)
  expect(movesOn('sent', 'failed')).toBe(true)
  expect(movesOn('unknown', 'delivered')).toBe(true)
})
