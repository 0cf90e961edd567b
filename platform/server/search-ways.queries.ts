import { type RawBuilder, sql } from 'kysely'
import type { Tx } from './database.ts'
import type { Place } from './search-place.ts'
import { olderSpans, recentSpans } from './search-spans.ts'

export interface Found {
  object: string
  id: string
  title: string
  facts: Record<string, unknown>
}

/** A find as it is read. */
export type Dated = Found & { readonly at: string }

export const instantOf = ({ at }: Place) => sql`(timestamptz 'epoch' + ${at}::bigint * interval '1 microsecond')`
const dated = sql`object, id, title, facts, (extract(epoch from at) * 1000000)::bigint::text as at`

/** What is looked through, from which moment back, and how many are wanted. */
export interface Within {
  readonly objects: readonly string[]
  readonly limit: number
  readonly from: Date
}

/**
 * The newest that match. Looks through the last days, then through so many spans before them as the rest is likely to fill, and only then through
 * everything: a common word is found at once, a rare one costs little wherever it stands, and of one in between no more is read than is wanted.
 */
export async function findNewest(
  tx: Tx,
  matches: RawBuilder<unknown>,
  within: Within,
  { keys = OF_WORDS, recent: known }: { keys?: Keys; recent?: Dated[] } = {},
): Promise<Dated[]> {
  const recent = known ?? (await findRecent(tx, matches, within, keys))
  const rest = within.limit - recent.length
  if (rest === 0) return recent
  const spans = olderSpans(within, { found: recent.length, wanted: within.limit })
  const older = spans && (await inSpans(tx, matches, { spans, limit: rest, keys }))
  if (older?.length === rest) return [...recent, ...older]
  return await inSpans(tx, matches, { spans: [within.objects], limit: within.limit, keys })
}

/** So few are found and sorted in less time than the last days are looked through. */
export const RARE = 300

export const documents = sql`platform.own_search_documents`

/** All that match, the newest first; undefined when they are too many for that. */
export async function findFew(
  tx: Tx,
  matches: RawBuilder<unknown>,
  { limit }: { limit: number },
): Promise<Dated[] | undefined> {
  const { rows } = await sql<Dated & { count: number }>`
    select ${dated}, count(*) over ()::int as count from (
      select object, id, title, facts, at from ${documents} where ${matches} limit ${RARE + 1}
    ) as matching
    order by matching.at desc, id desc limit ${limit}`.execute(tx.db)
  return (rows[0]?.count ?? 0) > RARE ? undefined : rows.map(({ count: _, ...found }) => found)
}

/** Kinds of which there are far more than of all cards together. */
const TALKS = ['conversation', 'message']
export const ofConversations = (objects: readonly string[], how: 'also' | 'only' = 'also'): boolean =>
  objects[how === 'also' ? 'some' : 'every']((object) => TALKS.includes(object))

/** Said as the indexes have it that hold only cards, or only conversations. */
export const OF_CARDS = sql`object not in ('conversation', 'message')`
export const OF_CONVERSATIONS = sql`object in ('conversation', 'message')`

/** In the last days. */
export const findRecent = (
  tx: Tx,
  matches: RawBuilder<unknown>,
  within: Within,
  keys: Keys = OF_WORDS,
): Promise<Dated[]> => inSpans(tx, matches, { spans: recentSpans(within), limit: within.limit, keys })

/** True of what belongs to the kinds and days of `span`, said as the index has it that is to serve it. */
type Keys = RawBuilder<unknown>
const OF_WORDS: Keys = sql`platform.search_keys(object, at) && array(select jsonb_array_elements_text(span))`

/** The spans are taken one after another, because the statement ends as soon as it has enough rows. */
export async function inSpans(
  tx: Tx,
  matches: RawBuilder<unknown>,
  { spans, limit, keys = OF_WORDS }: { spans: readonly (readonly string[])[]; limit: number; keys?: Keys },
): Promise<Dated[]> {
  const { rows } = await sql<Dated>`
    select found.* from jsonb_array_elements(${JSON.stringify(spans)}::jsonb) as span
    cross join lateral (
      select ${dated} from ${documents} as document
      where ${keys} and ${matches}
      order by document.at desc, id desc limit ${limit}
    ) as found
    limit ${limit}`.execute(tx.db)
  return rows.toSorted((a, b) => Number(b.at) - Number(a.at) || (a.id < b.id ? 1 : -1))
}
