/**
 * Classes and codes of PostgreSQL that speak of the server, not of the row: lost connection, no resources, stopped, deadlock, a
 * transaction that was ended because its process had stood still, and a server that may only be read until it takes over from a lost one.
 */
const DATABASE = /^(08...|53...|57P..|58...|25006|25P03|40001|40P01)$/
const SYSTEM = new Set([
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOSPC',
  'EDQUOT',
  'EIO',
  'EMFILE',
  'ENFILE',
  'EROFS',
])

/** True when the machine or the database is in trouble: the work itself is not to blame and is tried again until it succeeds. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  // The driver gives no code when the server goes away in the middle, or does not answer at all.
  return (
    DATABASE.test(code) ||
    SYSTEM.has(code) ||
    /^(Connection terminated|Client has encountered|timeout expired)/.test(error.message)
  )
}
