import type { Platform } from '#platform/server/platform'
import { type AccountRow, findAccountByKey } from './accounts.queries.ts'
import { ACCOUNT_TOPIC } from './save-account.ts'

/** Milliseconds for which an answer is kept; a change of settings ends it at once, in every process that hears of it. */
const KEEP_MS = 5000
/** A stranger who tries keys must not fill the memory. */
const MAX_KEPT = 10_000
/** What a key can look like; anything else is nobody's, and some of it no database takes. */
const KEY = /^[\w-]{16,100}$/

export interface AccountDirectory {
  /** The account in use that has this public key. Asked for every incoming call, so answers are kept for some seconds. */
  byKey(key: string): Promise<AccountRow | undefined>
}

export function createAccountDirectory({ database, bus }: Platform): AccountDirectory {
  const kept = new Map<string, { row: Promise<AccountRow | undefined>; untilMs: number }>()
  bus.onMessage(ACCOUNT_TOPIC, () => kept.clear())

  return {
    byKey: (key) => {
      if (!KEY.test(key)) return Promise.resolve(undefined)
      const known = kept.get(key)
      if (known && known.untilMs > Date.now()) return known.row
      if (kept.size >= MAX_KEPT) kept.clear()
      const row = database.system((tx) => findAccountByKey(tx, key))
      kept.set(key, { row, untilMs: Date.now() + KEEP_MS })
      row.catch(() => kept.delete(key))
      return row
    },
  }
}
