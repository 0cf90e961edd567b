import type { Database } from '#platform/server/database'
import type { Events } from '#platform/server/events'

/** What the use cases of this module stand on. */
export interface AccessContext {
  readonly transaction: Database['transaction']
  readonly events: Events
  readonly now: () => Date
  /** Slow on purpose (about 0.1 s): never inside a transaction. */
  readonly hashPassword: (password: string) => Promise<string>
  /** Makes every process look anew who an operator is and what they may do, and reconnect their windows. */
  readonly forget: (operatorId: string) => void
}
