/** Answers that stay good for a moment: one look-up serves all callers of that time. */
export interface Remembered<Value> {
  get(key: string, look: () => Promise<Value>): Promise<Value>
  /** Forgets everything; look-ups under way still answer those who wait for them, but nobody who comes later. */
  clear(): void
}

/** @param limit entries; beyond it the oldest go first */
export function createRemembered<Value>({ ttlMs, limit }: { ttlMs: number; limit: number }): Remembered<Value> {
  const entries = new Map<string, { value: Promise<Value>; until: number }>()
  return {
    get: (key, look) => {
      const now = performance.now()
      const known = entries.get(key)
      if (known && known.until > now) return known.value
      const value = look()
      const entry = { value, until: now + ttlMs }
      entries.delete(key)
      entries.set(key, entry)
      const oldest = entries.keys().next().value
      if (entries.size > limit && oldest !== undefined) entries.delete(oldest)
      value.catch(() => {
        if (entries.get(key) === entry) entries.delete(key)
      })
      return value
    },
    clear: () => entries.clear(),
  }
}
