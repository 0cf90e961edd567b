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
 * unknown outcome a person may send it again, so everything begins anew.
 */
export function isNews(from: Delivery | null, to: Delivery): boolean {
  if (from === null || from === to) return from === null
  if (from === 'failed' || from === 'unknown') return true
  return ORDER[to] > ORDER[from]
}
