import { type RawBuilder, sql } from 'kysely'
import type { Tx } from './database.ts'
import type { PartsSource, Row } from './objects/source.ts'
import type { Place } from './search-place.ts'
import { documents, instantOf } from './search-ways.queries.ts'
import { beginningsOf, guess, inTitle, wordsOf } from './search-words.queries.ts'

const PART: Row = sql.ref('part')

/** To which one each of these parts belongs. */
export async function wholesOf(
  tx: Tx,
  { table, whole }: PartsSource,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; whole: string }>`
    select ${PART}.id, ${whole(PART)} as whole from ${table} as ${PART}
    where ${PART}.workspace_id = ${tx.workspaceId}::uuid and ${PART}.id = any(${ids}::uuid[])`.execute(tx.db)
  return new Map(rows.map((row) => [row.id, row.whole]))
}

/** Which of these things the finding came upon before it went on behind `place`: by themselves, or by a part of theirs. */
export async function foundBefore(
  tx: Tx,
  { q, place, object, parts }: { q: string; place: Place; object: string; parts: PartsSource },
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const matches = await matchesBefore(tx, q.trim().toLowerCase(), place)
  // With an offset PostgreSQL asks for each document by its key, instead of gathering all in which the words stand.
  const { rows } = await sql<{ id: string }>`
    select thing.id from unnest(${ids}::uuid[]) as thing (id)
    where exists (
      select from (
        select ${object}::text as object, thing.id
        union all
        select ${parts.object}::text, ${PART}.id from ${parts.table} as ${PART}
        where ${PART}.workspace_id = ${tx.workspaceId}::uuid and ${parts.whole(PART)} = thing.id
      ) as named
      cross join lateral (
        select from ${documents} as document
        where document.object = named.object and document.id = named.id and (${matches}) offset 0
      ) as found
    )`.execute(tx.db)
  return new Set(rows.map(({ id }) => id))
}

/** True of documents that stand at this place or before it: an earlier way was gone to its end. */
async function matchesBefore(tx: Tx, text: string, place: Place): Promise<RawBuilder<unknown>> {
  const isBefore = sql`(at, id) >= (${instantOf(place)}, ${place.id}::uuid)`
  const inWords = sql`words @@ ${wordsOf(text)}`
  switch (place.way) {
    case 'beginning':
      return sql`words @@ ${beginningsOf(text)}::tsquery and ${isBefore}`
    case 'words':
      return sql`${inWords} and ${isBefore}`
    case 'part':
    case 'recent_part':
      return sql`${inWords} or (${inTitle(text)} and ${isBefore})`
    case 'meant': {
      const meant = await guess(tx, text)
      return sql`${inWords} or (${inTitle(text)}) or (words @@ ${meant}::tsquery and ${isBefore})`
    }
  }
}
