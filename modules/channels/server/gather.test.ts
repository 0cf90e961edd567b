import { expect, test } from 'vitest'
import { gather } from './gather.ts'

/** Items that share a run; `run` is given in each test. */
const gathered = (run: (items: readonly string[]) => Promise<readonly string[]>) =>
  gather<string, string>({
    waitMs: 1,
    maxItems: 100,
    maxBytes: 1000,
    sizeOf: () => 1,
    isCommon: (error) => error === OUTAGE,
    run: (_key, items) => run(items),
  })
const OUTAGE = new Error('The database is away.')

test('one bad item fails alone', async () => {
  const give = gathered(async (items) => {
    if (items.includes('bad')) throw new Error('A bad item.')
    return items.map((item) => `${item}!`)
  })

  const results = await Promise.allSettled(['a', 'bad', 'b'].map((item) => give('w', item)))

  expect(results.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message))).toEqual([
    'a!',
    'A bad item.',
    'b!',
  ])
})

test('an outage is told to all of them soon, not met by one after another', async () => {
  let runs = 0
  const give = gathered(async () => {
    runs++
    throw OUTAGE
  })

  const results = await Promise.allSettled(Array.from({ length: 50 }, (_, i) => give('w', String(i))))

  expect(results.every((one) => one.status === 'rejected' && one.reason === OUTAGE)).toBe(true)
  expect(runs).toBe(2)
})
