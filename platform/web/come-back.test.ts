import { QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ApiProblem } from './api.ts'
import { comeBackByItself } from './come-back.ts'
import type { LiveStatus } from './live.ts'
import { createQueryClient } from './query.ts'

const MINUTE_MS = 60_000

/** What of a browser's tab matters here. */
class Tab extends EventTarget {
  hidden = false
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('document', new Tab())
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const problem = (status: number) =>
  new ApiProblem({ type: 'about:blank', title: '', status, detail: '', code: 'server.unavailable' })

/** A window that shows several blocks, each with a question of its own, whose server is away; all of them have failed. */
async function windowWithBlocks(names: readonly string[]) {
  const okno = { failure: problem(503) as ApiProblem | null, asked: [] as string[] }
  const live = { now: 'connecting' as LiveStatus, heard: () => {} }
  const cache = createQueryClient(() => {})
  comeBackByItself(cache, {
    status: () => live.now,
    subscribe: (heard) => {
      live.heard = heard
      return () => {}
    },
  })
  const statuses: string[] = []
  const blocks = names.map((name) => {
    const observer = new QueryObserver(cache, {
      queryKey: [name],
      queryFn: () => {
        okno.asked.push(name)
        return okno.failure ? Promise.reject(okno.failure) : Promise.resolve(`${name} is here`)
      },
      retry: false,
    })
    observer.subscribe(({ status }) => void statuses.push(status))
    return observer
  })
  await vi.advanceTimersByTimeAsync(0)
  okno.asked = []
  statuses.length = 0
  const shown = () => blocks.map((block) => block.getCurrentResult().data)
  const connect = async () => {
    live.now = 'connected'
    live.heard()
    await vi.advanceTimersByTimeAsync(0)
  }
  return { okno, statuses, shown, connect }
}

const NAMES = ['brief', 'files', 'household', 'merges']
const ALL_HERE = NAMES.map((name) => `${name} is here`)

test('blocks that failed because Okno was away ask as one, ever more seldom, and come together without a skeleton in between', async () => {
  const { okno, statuses, shown } = await windowWithBlocks(NAMES)
  await vi.advanceTimersByTimeAsync(MINUTE_MS)
  expect(okno.asked.length).toBeGreaterThanOrEqual(3)
  expect(okno.asked.length).toBeLessThanOrEqual(7)
  expect(statuses).toEqual([])

  okno.failure = null
  await vi.advanceTimersByTimeAsync(MINUTE_MS / 2)
  expect(shown()).toEqual(ALL_HERE)
  expect(statuses).toEqual(NAMES.map(() => 'success'))
})

test('a hidden tab asks nothing, and asks at once when somebody looks at it', async () => {
  const { okno, shown } = await windowWithBlocks(NAMES)
  Object.assign(document, { hidden: true })
  await vi.advanceTimersByTimeAsync(MINUTE_MS)
  expect(okno.asked).toEqual([])

  okno.failure = null
  Object.assign(document, { hidden: false })
  document.dispatchEvent(new Event('visibilitychange'))
  await vi.advanceTimersByTimeAsync(0)
  expect(shown()).toEqual(ALL_HERE)
})

test('the live connection that comes back is a reason to ask at once', async () => {
  const { okno, shown, connect } = await windowWithBlocks(NAMES)
  okno.failure = null
  await connect()
  expect(shown()).toEqual(ALL_HERE)
})

test('a refusal is the answer, and is not asked about again', async () => {
  const { okno, statuses, connect } = await windowWithBlocks(['brief'])
  okno.failure = problem(403)
  await connect()
  await vi.advanceTimersByTimeAsync(0)
  expect(statuses.at(-1)).toBe('error')
  okno.asked = []
  await vi.advanceTimersByTimeAsync(MINUTE_MS)
  expect(okno.asked).toEqual([])
})
