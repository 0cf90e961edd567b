import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { allOf, keepPlan, texts } from '#platform/server/kept-plans'
import { encodeCursor } from '#platform/shared/page'
import type { TimelineEntry, TimelinePage, TimelineQuery } from '../contract/people.ts'
import { readCursor } from './cursor.ts'
import { findShown } from './identity/merges.queries.ts'

/** Entries that one search looks through at most: some milliseconds, however long the timeline is. */
const STRETCH = 2000
/** Sorts after every id. */
const LAST_ID = 'ffffffff-ffff-8fff-bfff-ffffffffffff'

type Found = TimelineEntry & { isMatch: boolean }

/**
 * One page of a person's timeline: one index range for each card that is shown as this one and each kind asked for, however long the timeline
 * is. A search goes through a bounded stretch and says how far it came. Undefined when there is no such person.
 */
export async function readTimeline(
  tx: Tx,
  askedId: string,
  { cursor, limit, kinds, q, at, towards }: Partial<TimelineQuery> & { limit: number },
): Promise<TimelinePage | undefined> {
  const shown = await findShown(tx, askedId)
  if (!shown) return undefined
  const isNewer = towards === 'newer'
  const start = readCursor(cursor, 'instant') ?? (at ? { value: at.toISOString(), id: LAST_ID } : null)
  const taken = q ? STRETCH : limit
  const past = isNewer ? sql`>` : sql`<`
  const order = (row: string) => {
    const [at, id] = [sql.ref(`${row}.at`), sql.ref(`${row}.id`)]
    return isNewer ? sql`${at} asc, ${id} asc` : sql`${at} desc, ${id} desc`
  }
  const page = sql<Found>`
    select * from (
      select entry.*, ${q ? matches(q) : sql`true`} as "isMatch", row_number() over (order by ${order('entry')}) as place from (
        select unnest(${allOf(shown.members)}) as id
      ) member ${kinds ? sql`cross join unnest(${texts(kinds.split(','))}) as wanted (kind)` : sql``} cross join lateral (
        select id, at, kind, object, object_id as "objectId", data from customers.timeline
        where workspace_id = ${tx.workspaceId} and person_id = member.id ${kinds ? sql`and kind = wanted.kind` : sql``}
          ${start ? sql`and (at, id) ${past} (${start.value}::timestamptz, ${start.id}::uuid)` : sql``}
        order by ${order('timeline')} limit ${taken + 1}
      ) entry order by ${order('entry')} limit ${taken + 1}
    ) found where "isMatch" or place >= ${taken} order by ${order('found')}`
  // How rare the words are decides how a search is read; the rest is always the same few index ranges.
  const { rows } = await (q ? page : keepPlan(page)).execute(tx.db)
  return pageOfTimeline(rows, {
    limit,
    taken,
    isNewer,
    jump: at && !cursor && start ? [start.value, start.id] : null,
    isSearch: q !== undefined,
  })
}

/** Some value that a person can read holds the words. The whole text is looked at first: it is cheap and rules nearly all out. */
function matches(q: string) {
  const like = (text: string) => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql`(entry.data::text ilike ${like(JSON.stringify(q).slice(1, -1))} and exists (
    select from jsonb_each_text(entry.data) as value (key, word) where value.key !~ 'Id$' and value.word ilike ${like(q)}))`
}

/** Cuts what was found into a page. The rows end with those at the end of the stretch, whether they match or not. */
function pageOfTimeline(
  rows: readonly (Found & { place?: unknown })[],
  asked: { limit: number; taken: number; isNewer: boolean; jump: string[] | null; isSearch: boolean },
): TimelinePage {
  const inStretch = rows.filter(({ place }) => Number(place) <= asked.taken)
  const found = inStretch.filter(({ isMatch }) => isMatch)
  const items = found.slice(0, asked.limit)
  const isStretchFull = rows.length > inStretch.length
  const last = found.length > asked.limit ? items.at(-1) : isStretchFull ? inStretch.at(-1) : undefined
  const onwards = last ? encodeCursor([last.at.toISOString(), last.id]) : null
  return {
    items: asked.isNewer ? items.toReversed() : items,
    nextCursor: asked.isNewer ? null : onwards,
    previousCursor: asked.isNewer ? onwards : asked.jump ? encodeCursor(asked.jump) : null,
    searchedTo: asked.isSearch ? (last?.at ?? null) : null,
  }
}
