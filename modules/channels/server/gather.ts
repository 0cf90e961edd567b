/**
 * Makes one call of many: items given within `waitMs` under one key are run together, in the order in which they came. When a
 * common run fails, each item is run alone, so that one bad item does not fail the others; but once one of them meets what all would
 * meet (`isCommon`), it is told to all: two hundred in a row would wait for a lost database two hundred times.
 *
 * @returns a function that resolves with the item's own result
 */
export function gather<Item, Result>(options: {
  readonly waitMs: number
  readonly maxItems: number
  /** Bytes of one common run. */
  readonly maxBytes: number
  readonly sizeOf: (item: Item) => number
  /** True for a failure that has nothing to do with the item, such as an outage. */
  readonly isCommon: (error: unknown) => boolean
  /** Results in the order of the items. */
  readonly run: (key: string, items: readonly Item[]) => Promise<readonly Result[]>
}): (key: string, item: Item) => Promise<Result> {
  const open = new Map<string, Batch<Item, Result>>()

  const close = (key: string, batch: Batch<Item, Result>) => {
    clearTimeout(batch.timer)
    if (open.get(key) === batch) open.delete(key)
    void runTogether(key, batch.waiting)
  }

  async function runTogether(key: string, waiting: Waiting<Item, Result>[]) {
    try {
      const results = await options.run(
        key,
        waiting.map(({ item }) => item),
      )
      // `run` answers every item.
      waiting.forEach(({ resolve }, i) => {
        resolve(results[i] as Result)
      })
    } catch (error) {
      if (waiting.length === 1) waiting[0]?.reject(error)
      else await runOneByOne(key, waiting)
    }
  }

  async function runOneByOne(key: string, waiting: Waiting<Item, Result>[]) {
    for (const [i, one] of waiting.entries()) {
      try {
        const [result] = await options.run(key, [one.item])
        one.resolve(result as Result)
      } catch (error) {
        one.reject(error)
        if (!options.isCommon(error)) continue
        for (const later of waiting.slice(i + 1)) later.reject(error)
        return
      }
    }
  }

  return (key, item) =>
    new Promise((resolve, reject) => {
      let batch = open.get(key)
      const size = options.sizeOf(item)
      if (batch && batch.bytes + size > options.maxBytes) {
        close(key, batch)
        batch = undefined
      }
      if (!batch) {
        const fresh: Batch<Item, Result> = {
          waiting: [],
          bytes: 0,
          timer: setTimeout(() => close(key, fresh), options.waitMs),
        }
        batch = fresh
        open.set(key, batch)
      }
      batch.waiting.push({ item, resolve, reject })
      batch.bytes += size
      if (batch.waiting.length >= options.maxItems) close(key, batch)
    })
}

interface Waiting<Item, Result> {
  item: Item
  resolve(result: Result): void
  reject(error: unknown): void
}

interface Batch<Item, Result> {
  waiting: Waiting<Item, Result>[]
  bytes: number
  timer: NodeJS.Timeout
}
