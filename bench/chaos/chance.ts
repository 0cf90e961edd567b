/** Chance that repeats itself for the same seed, so that a run which failed can be run again. */
export interface Chance {
  /** 0 ≤ number < 1. */
  next(): number
  /** A number from `low` up to `high`. */
  between(low: number, high: number): number
  hits(probability: number): boolean
  pick<Item>(items: readonly Item[]): Item
}

/** Mulberry32: small, and even enough to choose victims. One stream per name, so that one user of chance does not disturb another. */
export function createChance(seed: number, name: string): Chance {
  let state = [...name].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193), seed | 0)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    hits: (probability) => next() < probability,
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)]
      if (item === undefined) throw new Error('Nothing to choose from.')
      return item
    },
  }
}
