import fc from 'fast-check'
import { expect, test } from 'vitest'
import { failureOf, outcomeOf } from './outcome.ts'

const HOUR_MS = 3_600_000
const now = new Date('2026-12-01T12:00:00Z')
const answered = (status: number, retryAfterSeconds?: number) => ({
  answer: { isTaken: status >= 200 && status < 300, status, text: '', retryAfterSeconds },
})
const base = { attempts: 1, firstTryAt: now, now, random: 0.5 }

test('only 2xx is taken; 410 says that nothing more is wanted', () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 599 }), (status) => {
      const { state, isGone } = outcomeOf({ ...base, tried: answered(status) })
      expect(state === 'delivered').toBe(status < 300)
      expect(isGone).toBe(status === 410)
    }),
  )
})

test('retries come ever later, never sooner than asked, and end three days after the first', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.option(fc.integer({ min: 0, max: 86_400 }), { nil: undefined }),
      fc.integer({ min: 0, max: 80 }),
      (attempts, random, retryAfter, hours) => {
        const firstTryAt = new Date(now.getTime() - hours * HOUR_MS)
        const { state, nextTryAt } = outcomeOf({ tried: answered(503, retryAfter), attempts, firstTryAt, now, random })
        if (hours >= 72) expect(state).toBe('given_up')
        expect(nextTryAt === null).toBe(state === 'given_up')
        if (nextTryAt === null) return
        const pauseMs = nextTryAt.getTime() - now.getTime()
        const asked = { attempts, firstTryAt: now, now, random }
        const own = Number(outcomeOf({ tried: answered(503), ...asked }).nextTryAt) - now.getTime()
        expect(pauseMs).toBeGreaterThanOrEqual(Math.max(own, (retryAfter ?? 0) * 1000))
        if (retryAfter === undefined) expect(pauseMs).toBeLessThanOrEqual(1.25 * HOUR_MS)
      },
    ),
  )
})

test('no answer is told in words', () => {
  const refused = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') })
  expect(failureOf(refused)).toEqual({
    code: 'unreachable',
    reason: 'connect ECONNREFUSED',
  })
  expect(failureOf(new DOMException('', 'TimeoutError'))).toMatchObject({ code: 'silent' })
})
