import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { soon } from './soon.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const DELAY_MS = 300

/** A run that takes so long, and how often it began. */
function aRun(tookMs: number) {
  const began: number[] = []
  const run = () => {
    began.push(performance.now())
    return new Promise((resolve) => setTimeout(resolve, tookMs))
  }
  return { began, run }
}

test('a burst of calls makes one run, a little later', async () => {
  const { began, run } = aRun(5)
  const again = soon(DELAY_MS, run)
  for (let n = 0; n < 20; n++) again()
  await vi.advanceTimersByTimeAsync(DELAY_MS - 1)
  expect(began).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(began).toHaveLength(1)
})

test('a call during a run makes one more, after it', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
  const { began, run } = aRun(100)
  const again = soon(DELAY_MS, run)
  again()
  await vi.advanceTimersByTimeAsync(DELAY_MS + 50)
  again()
  again()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(began).toHaveLength(2)
})

test('while calls go on it rests between runs, the longer the more time one takes', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
  const runsIn20Seconds = async (tookMs: number) => {
    const { began, run } = aRun(tookMs)
    const again = soon(DELAY_MS, run)
    const asking = setInterval(again, 10)
    await vi.advanceTimersByTimeAsync(20_000)
    clearInterval(asking)
    await vi.advanceTimersByTimeAsync(20_000)
    return began.length
  }
  expect(await runsIn20Seconds(10)).toBe(11)
  expect(await runsIn20Seconds(400)).toBe(6)
  expect(await runsIn20Seconds(3_000)).toBe(4)
})

test('windows that hear of one thing at the same moment do not ask at the same moment', async () => {
  const began: number[] = []
  for (let window = 0; window < 20; window++) soon(DELAY_MS, async () => began.push(performance.now()))()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(began).toHaveLength(20)
  expect(new Set(began.map(Math.round)).size).toBeGreaterThan(10)
})

test('a run that failed is followed by the next', async () => {
  let runs = 0
  const again = soon(DELAY_MS, async () => {
    runs++
    throw new Error('No connection.')
  })
  again()
  await vi.advanceTimersByTimeAsync(1_000)
  again()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(runs).toBe(2)
})
