import { sql } from 'kysely'
import type { Tx } from './database.ts'

/** Words that may be mistyped: shorter ones are like too many others, numbers and addresses like none. The migration knows the same. */
export const WORD = '^[[:alpha:]-]{4,30}$'

/** A mistyped word can have meant so many others. */
const MOST_SPELLINGS = 20

/** As a pattern: texts of which it is a part. */
export const partOf = (text: string) => `%${text.replaceAll(/[\\%_]/g, (special) => `\\${special}`)}%`

/** As a query for words: all of them, in any form. */
export const wordsOf = (text: string) => sql`(
  websearch_to_tsquery('russian', ${text}) || websearch_to_tsquery('english', ${text}) || websearch_to_tsquery('simple', ${text})
)`

/** A word as PostgreSQL reads it inside a query for words. */
const quoted = (word: string) => `'${word.replaceAll(/['\\]/g, (special) => `\\${special}`)}'`

/** Letters and digits that stand one after another. */
export const runsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}]+/gu) ?? []

/** As a query for words: those that begin so, all or one of them. */
export const beginningsOf = (text: string, how: '&' | '|' = '&'): string =>
  runsOf(text)
    .map((one) => `${quoted(one)}:*`)
    .join(` ${how} `)

/** A shorter beginning is common to more words than can be gathered soon. */
const TELLING_BEGINNING = 4

/**
 * As a query for words: what a title has of which the text is a part. Its first word may be the end of another and its last one the beginning; those
 * in between stand there as they are. Only of letters is it certain that they are one word. Undefined when nothing is certain.
 */
export function neededForPart(text: string): string | undefined {
  const words = text.split(/\s+/).slice(1)
  const needed = words.flatMap((word, n) => {
    // What begins an address (`https`) is read as nothing.
    if (!/^\p{L}+$/u.test(word) || word.startsWith('http')) return []
    if (n < words.length - 1) return quoted(word)
    return word.length >= TELLING_BEGINNING ? `${quoted(word)}:*` : []
  })
  return needed.length > 0 ? needed.join(' & ') : undefined
}

/**
 * What was meant, as a query for words of titles: every word of `text`, as it is or as a known one from which it differs by a letter.
 * Undefined when nothing else can have been meant.
 */
export async function guess(tx: Tx, text: string): Promise<string | undefined> {
  const words = text.split(/[^\p{L}\p{N}-]+/u).filter((word) => word !== '')
  const { rows } = await sql<{ typed: string; meant: string }>`
    select typed, meant from unnest(${words}::text[]) as typed
    cross join lateral (
      select word as meant from platform.own_search_spellings
      where typed ~ ${WORD} and word <> typed and spellings && platform.spellings(typed)
      order by similarity(word, typed) desc, word limit ${MOST_SPELLINGS}
    ) as known`.execute(tx.db)
  if (rows.length === 0) return undefined
  return words
    .map((word) => [word, ...rows.filter(({ typed }) => typed === word).map(({ meant }) => meant)])
    .map((spellings) => `(${spellings.map((one) => `${quoted(one)}:A`).join(' | ')})`)
    .join(' & ')
}
