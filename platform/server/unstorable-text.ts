import pg from 'pg'

/** The words of PostgreSQL for a character that is none in UTF-8, for one that is none in its JSON, and for JSON that is none. */
const CHARACTER = new Set(['22021', '22P05'])
const SYNTAX = '22P02'

/**
 * True when a text holds what PostgreSQL keeps in no text: U+0000, or half of a surrogate pair. Nobody types that; programs send it, and it is said
 * to be theirs.
 */
export function isUnstorableText(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return false
  return CHARACTER.has(error.code ?? '') || (error.code === SYNTAX && / type json$/.test(error.message))
}
