import { type RawBuilder, sql } from 'kysely'
import type { Tx } from './database.ts'

/** Words that may be mistyped: shorter ones are like too many others, numbers and addresses like none. The migration knows the same. */
export const SHORTEST_WORD = 4
export const LONGEST_WORD = 30
export const WORD = `^[[:alpha:]-]{${SHORTEST_WORD},${LONGEST_WORD}}$`

/** A mistyped word can have meant so many others. */
const MOST_SPELLINGS = 20

/** As a pattern: texts of which it is a part. */
const partOf = (text: string) => `%${text.replaceAll(/[\\%_]/g, (special) => `\\${special}`)}%`

/** Of an address the letters just before the sign tell most: hosts are shared by all, and each letter more is one more list to go through. */
const TELLING_OF_ADDRESS = /[\p{L}\p{N}]{3,6}@/u

/** True of titles of which the text is a part, said as the indexes of titles have it. */
export function inTitle(text: string): RawBuilder<unknown> {
  const [telling = text] = TELLING_OF_ADDRESS.exec(text) ?? []
  const isIn = (part: string) => sql`lower(title) like ${partOf(part)}`
  // Said so that no index serves it: looked at in those titles that have what tells most.
  const whole = telling === text ? sql`` : sql` and (${isIn(text)}) is true`
  return sql`title <> '' and ${isIn(telling)}${whole}`
}

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

/** Letters of which every word in a title is known or odd; those of addresses are neither. */
const KNOWN_LETTERS = /^[\p{L}--\p{ASCII}]+$/v
/** The index of words by their parts knows no shorter one, and titles have shorter words than are known. */
const SHORTEST_PART = 3

/**
 * True when one of the words is a part of no word in any title: of the text within a title only the first word can be the end of one and the last a
 * beginning. Titles share their words, so this is known long before it is sure that no title has all the letters.
 */
export async function isPartOfNoWord(tx: Tx, text: string): Promise<boolean> {
  const words = text.split(/\s+/)
  const shortest = words.length === 1 ? SHORTEST_PART : SHORTEST_WORD
  const typed = words.flatMap((word, n) => {
    if (word.length < shortest || !KNOWN_LETTERS.test(word)) return []
    return { word, within: `${n === 0 ? '%' : ''}${word}${n === words.length - 1 ? '%' : ''}` }
  })
  if (typed.length === 0) return false
  const { rows } = await sql`
    select from jsonb_to_recordset(${JSON.stringify(typed)}::jsonb) as typed (word text, within text)
    where not exists (select from platform.own_search_spellings where word like typed.within)
      and not exists (
        select from platform.own_search_documents
        where platform.has_odd_words(title) and platform.other_letters(title) like '%' || typed.word || '%')
    limit 1`.execute(tx.db)
  return rows.length > 0
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
