import { type RawBuilder, sql } from 'kysely'
import type { Tx } from './database.ts'
import { planOf } from './expected-cost.ts'
import { keepPlan } from './kept-plans.ts'
import { momentOf, type Place, type Way } from './search-place.ts'
import { recentSpans } from './search-spans.ts'
import { findInRecentTitles, findInTitles } from './search-titles.queries.ts'
import {
  type Dated,
  documents,
  type Found,
  findFew,
  findNewest,
  inSpans,
  instantOf,
  OF_CARDS,
  ofConversations,
  RARE,
  type Within,
} from './search-ways.queries.ts'
import {
  beginningsOf,
  guess,
  inTitle,
  isPartOfNoWord,
  neededForPart,
  runsOf,
  WORD,
  wordsOf,
} from './search-words.queries.ts'
import { together } from './together.ts'

export interface SearchDocument {
  /** Kind of thing: `person`, `conversation`, `message`. */
  object: string
  id: string
  /** Names, numbers, addresses: found by any part, typos forgiven. */
  title: string
  /** Prose: found by words in any form (Russian and English stemming). */
  body?: string
  facts?: Record<string, unknown>
  at?: Date
}

/** Writes or replaces what a thing is found by, in the transaction that changes the thing. */
export const indexForSearch = (tx: Tx, document: SearchDocument): Promise<void> => indexManyForSearch(tx, [document])

/** As `indexForSearch`, for many things in one statement. */
export const indexManyForSearch = (tx: Tx, documents: readonly SearchDocument[]): Promise<void> =>
  insertDocuments(
    tx,
    documents,
    sql`do update set title = excluded.title, body = excluded.body, facts = excluded.facts, at = excluded.at`,
  )

/** Writes what many things are found by, later than the things themselves: what is known already is newer and stays. */
export const indexNewForSearch = (tx: Tx, documents: readonly SearchDocument[]): Promise<void> =>
  insertDocuments(tx, documents, sql`do nothing`)

async function insertDocuments(
  tx: Tx,
  documents: readonly SearchDocument[],
  whenKnown: RawBuilder<unknown>,
): Promise<void> {
  if (documents.length === 0) return
  await keepPlan(sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(documents)}::jsonb)
        as given (object text, id uuid, title text, body text, facts jsonb, at timestamptz)
    ), heard as (
      insert into platform.search_spellings (workspace_id, word)
      -- In one order everywhere: two transactions that hear the same new words wait for each other instead of deadlocking.
      select distinct ${tx.workspaceId}::uuid, word from given, regexp_split_to_table(lower(title), '\\s+') as heard (word)
      where title <> '' and word ~ ${WORD}
        -- Known words are left before their spellings are made, which is the dearest part.
        and not exists (select from platform.search_spellings known where known.workspace_id = ${tx.workspaceId} and known.word = heard.word)
      order by word
      on conflict do nothing
    )
    insert into platform.search_documents as d (workspace_id, object, id, title, body, facts, at)
    select ${tx.workspaceId}, object, id, title, coalesce(body, ''), coalesce(facts, '{}'), coalesce(at, now()) from given
    on conflict (workspace_id, object, id) ${whenKnown}`).execute(tx.db)
}

/** Makes a thing unfindable, in the transaction that takes it from sight. */
export const removeFromSearch = (tx: Tx, object: string, id: string): Promise<void> =>
  removeManyFromSearch(tx, object, [id])

/** As `removeFromSearch`, for many in one statement. */
export async function removeManyFromSearch(tx: Tx, object: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.db
    .deleteFrom('platform.search_documents')
    .where('workspace_id', '=', tx.workspaceId)
    .where('object', '=', object)
    .where('id', 'in', [...ids])
    .execute()
}

export type Placed = Found & Place

/** With fewer exact finds than this a word may be mistyped, and what it can have meant is looked for. */
const FEW = 5
/** The index by trigrams knows no shorter part: letters and digits one after another. */
const SHORTEST_PART = 3

/**
 * Things that match all words of `q`: by whole words of title and body, then by a part of the title, then by titles with a word of which one
 * letter is mistyped. Newest first within each. The second way costs more than the first, so it is gone as far as it is needed: several
 * words that stand together somewhere are not looked for as a part as well; a word that is found whole is a part of others in the last days only.
 * `after`: goes on behind a find; fewer than `limit` are the last ones.
 */
export async function search(
  tx: Tx,
  { q, objects, limit }: { q: string; objects: readonly string[]; limit: number },
  after?: Place,
): Promise<Placed[]> {
  const text = q.trim().toLowerCase()
  if (text === '') return []
  const within = { objects, limit, from: after ? momentOf(after) : new Date() }
  const isOn = (way: Way) => after?.way === way
  const behind = (way: Way) =>
    after?.way === way ? sql` and (at, id) < (${instantOf(after)}, ${after.id}::uuid)` : NO_MORE
  const found: Placed[] = []
  const add = (way: Way, more: readonly Dated[]) => {
    const isNew = ({ object, id }: Found) => !found.some((one) => one.id === id && one.object === object)
    const added = more.filter(isNew).slice(0, limit - found.length)
    found.push(...added.map((one) => ({ ...one, way })))
  }
  const runs = runsOf(text)
  // Without such a run no index serves a part, and every title there is would be read: `8 ( )`, `?!`.
  if (!runs.some((run) => run.length >= SHORTEST_PART)) {
    add('beginning', await findBeginnings(tx, text, { ...within, behind: behind('beginning') }))
    return found
  }

  const isOneWord = !/\s/.test(text)
  const enough = Math.min(isOneWord ? FEW : 1, limit)
  const inWords = sql`words @@ ${wordsOf(text)}`
  // What earlier pages told is not among `found`.
  const unlessTold = (told: RawBuilder<unknown>) => (after ? sql` and not (${told})` : NO_MORE)

  if (!after || isOn('words'))
    add('words', await findWords(tx, sql`${inWords}${behind('words')}`, { ...within, isOneWord }))
  const isFew = after === undefined && found.length < enough
  const parts = (way: Way) => sql`${inTitle(text)}${unlessTold(inWords)}${behind(way)}`
  if (isOn('part') || (isFew && (await mayBePart(tx, text, objects))))
    add('part', await findInTitles(tx, parts('part'), within))
  else if (isOneWord && found.length < limit && !isOn('meant'))
    add('recent_part', await findInRecentTitles(tx, parts('recent_part'), { objects, limit, from: new Date() }))
  if ((isFew && found.length < enough) || isOn('meant')) {
    const meant = await guess(tx, text)
    const matches = sql`words @@ ${meant}::tsquery${unlessTold(sql`${inWords} or (${inTitle(text)})`)}${behind('meant')}`
    if (meant) add('meant', await findWords(tx, matches, { ...within, isOneWord }))
  }
  return found
}

const NO_MORE = sql``

/** False when the words cannot stand so in any title: that is known sooner than where all their letters do. */
async function mayBePart(tx: Tx, text: string, objects: readonly string[]): Promise<boolean> {
  if (await isPartOfNoWord(tx, text)) return false
  const needed = neededForPart(text)
  if (needed === undefined) return true
  const { rows } = await sql`
    select from ${documents} where ${ofKinds(objects)} and words @@ ${needed}::tsquery limit 1`.execute(tx.db)
  return rows.length > 0
}

/** To gather what begins so takes longer than to look at each of so many documents; and so does, of a beginning this common, twice as many. */
const MANY_DOCUMENTS = 15_000
const COMMON_BEGINNING = 20_000

/** Things in which words begin so. Nothing for no beginnings. */
async function findBeginnings(
  tx: Tx,
  text: string,
  { behind, ...within }: Within & { behind: RawBuilder<unknown> },
): Promise<Dated[]> {
  const query = beginningsOf(text)
  if (query === '') return []
  const matches = sql`words @@ ${query}::tsquery`
  const spans = await spansToLookAt(tx, text, within)
  // Said so that no index of words serves it: each document of these days is looked at.
  const found = await inSpans(tx, sql`(${matches}) is true${behind}`, { spans, limit: within.limit })
  if (found.length === within.limit) return found
  const ever = sql`${matches}${behind}`
  // Numbers are a word of their own in each conversation, and there their beginnings would be gathered by the million: cards have an index of theirs.
  const isOfCards = !ofConversations(within.objects) && (found.length === 0 || /\d/.test(text))
  return (isOfCards ? await findRareWords(tx, ever, within) : undefined) ?? findNewest(tx, ever, within)
}

/** The last days, as far as so few documents are of them that looking at each costs less than gathering what begins so. */
async function spansToLookAt(tx: Tx, text: string, within: Within): Promise<string[][]> {
  const [lately = [], before = []] = recentSpans(within)
  const [begun, late] = await together(
    planOf(tx, sql`select from ${documents} where words @@ ${beginningsOf(text, '|')}::tsquery`),
    planOf(tx, sql`select from ${documents} where platform.search_keys(object, at) && ${lately}::text[]`),
  )
  if (late.rows > MANY_DOCUMENTS) return []
  const both = (late.rows * (lately.length + before.length)) / lately.length
  return begun.rows >= COMMON_BEGINNING && both <= 2 * MANY_DOCUMENTS ? [lately, before] : [lately]
}

/**
 * As `findNewest`, for words: rare ones are looked for through all time at once. How common a word is PostgreSQL knows, and of several it takes
 * that they meet by chance. Names do not, and several on one card are nearly always rare: of cards they are gathered without asking, until they
 * turn out to be common.
 */
async function findWords(
  tx: Tx,
  matches: RawBuilder<unknown>,
  { isOneWord, ...within }: Within & { isOneWord: boolean },
): Promise<Dated[]> {
  const isAsked = isOneWord || ofConversations(within.objects)
  const isCommon = isAsked && (await planOf(tx, sql`select from ${documents} where ${matches}`)).rows > RARE
  return (isCommon ? undefined : await findRareWords(tx, matches, within)) ?? findNewest(tx, matches, within)
}

const findRareWords = (tx: Tx, matches: RawBuilder<unknown>, { objects, limit }: Within) =>
  findFew(tx, sql`${ofKinds(objects)} and ${matches}`, { limit })

/** Said so that the index of words serves it which holds cards only, when nothing else is asked for. */
const ofKinds = (objects: readonly string[]) =>
  ofConversations(objects)
    ? sql`platform.search_keys(object, at) && ${objects}::text[]`
    : sql`${OF_CARDS} and object = any(${objects}::text[])`
