import type { Delivery } from './tables.ts'

const ORDER: Readonly<Record<Delivery, number>> = {
  queued: 0,
  sending: 1,
  unknown: 2,
  sent: 3,
  failed: 4,
  delivered: 5,
  read: 6,
}

/**
 * True when news about a delivery tell something: it only goes on, however often and in whatever order news come. After a failure or an
 * unknown outcome a person may send it again, so everything begins anew. `why` is the code of the reason, if one is told.
 */
export function isNews(from: Delivery | null, to: Delivery, why: string | null = null): boolean {
  // It still waits, but now it is known for what: a provider that is away, an account without an outgoing connection.
  if (from === 'queued' && to === 'queued') return why !== null

  if (from === null || from === to) return from === null
  if (from === 'failed' || from === 'unknown') return true
  return ORDER[to] > ORDER[from]
}
