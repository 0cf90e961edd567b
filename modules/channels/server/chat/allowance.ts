/** How much one key may do at once, and how much of it comes back per second. */
export interface Rate {
  readonly burst: number
  readonly perSecond: number
}

export interface Allowance {
  /** Takes one; answers 0, or the milliseconds to wait when nothing is left. */
  take(key: string): number
}

/** Above this many keys, those that have everything back are forgotten. */
const SWEEP_AT = 10_000

/** A token bucket per key, in the memory of this process. */
export function createAllowance({ burst, perSecond }: Rate, nowMs: () => number = Date.now): Allowance {
  const buckets = new Map<string, { left: number; atMs: number }>()
  const leftNow = (bucket: { left: number; atMs: number }, atMs: number) =>
    Math.min(burst, bucket.left + ((atMs - bucket.atMs) / 1000) * perSecond)
  let sweepAt = SWEEP_AT

  const sweep = (atMs: number) => {
    for (const [key, bucket] of buckets) if (leftNow(bucket, atMs) >= burst) buckets.delete(key)
    sweepAt = Math.max(SWEEP_AT, buckets.size * 2)
  }
  return {
    take: (key) => {
      const atMs = nowMs()
      if (buckets.size >= sweepAt) sweep(atMs)
      const bucket = buckets.get(key) ?? { left: burst, atMs }
      const left = leftNow(bucket, atMs)
      buckets.set(key, { left: left < 1 ? left : left - 1, atMs })
      return left < 1 ? Math.ceil(((1 - left) / perSecond) * 1000) : 0
    },
  }
}
