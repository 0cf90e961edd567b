import { type RawBuilder, sql } from 'kysely'
import type pg from 'pg'
import type { Changes } from '#platform/shared/changes'
import type { Tx } from './database.ts'
import type { StoredEvent } from './events.ts'
import { keepPlan } from './kept-plans.ts'

/** One event as it is stored. */
export interface OutboxEvent {
  name: string
  data: unknown
  actor: { operatorId: string | null; name: string }
  audience: string[]
  changes: Changes | null
}

/** Stores events in the order in which they were published. */
export const storeEvents = (tx: Tx, events: readonly OutboxEvent[]): RawBuilder<unknown> =>
  keepPlan(sql`
    insert into platform.events (workspace_id, name, data, actor, audience, changes)
    select ${tx.workspaceId}::uuid, event ->> 'name', event -> 'data', event -> 'actor',
      array(select jsonb_array_elements_text(event -> 'audience')), nullif(event -> 'changes', 'null')
    from jsonb_array_elements(${JSON.stringify(events)}::jsonb) with ordinality as published (event, place)
    order by place`)

/**
 * The transaction up to which everything told can be read, so that a slower one cannot put an event behind a cursor that was already handed
 * out: every reader of events stops before it.
 */
export const SETTLED_BEFORE = sql<string>`(select platform.events_settled_before())`

/** Events after `cursor` ('xid-seq'), oldest first, at most `limit`. */
export async function readEvents(
  tx: Tx,
  { after, limit, workspaceId }: { after: string; limit: number; workspaceId?: string },
): Promise<StoredEvent[]> {
  const [xid, seq] = parseCursor(after)
  // Sorted by the column, with the table's name: a plain "xid" would be the text that is selected, in which 1000 comes before 999.
  const { rows } = await sql<EventRow>`
    select workspace_id as "workspaceId", xid::text as xid, seq, name, data, actor, audience, at
    from platform.events
    where (xid, seq) > (${xid}::xid8, ${seq}::bigint)
      and xid < ${SETTLED_BEFORE}
      ${workspaceId ? sql`and workspace_id = ${workspaceId}` : sql``}
    order by events.xid, events.seq
    limit ${limit}`.execute(tx.db)
  return rows.map(eventOf)
}

/** A cursor behind everything that is settled: where a new reader begins. */
export async function currentCursor(tx: Tx): Promise<string> {
  const { rows } = await sql<{ xid: string }>`select ${SETTLED_BEFORE}::text as xid`.execute(tx.db)
  return `${rows[0]?.xid ?? '0'}-0`
}

/**
 * Settled events of all workspaces behind `after` that somebody may hear, of the next `limit` that are stored; those whose audience is empty, an
 * import's above all, are passed over. `cursor`: how far was read; `isMore`: go on at once. `isHeldBack`: stored ones wait for an older transaction
 * that still runs. One statement without a transaction, planned once for each `limit` and connection: whoever follows events waits for one answer,
 * and planning took longer than reading. `pool` leads to sessions, past any pooler.
 */
export async function followEvents(
  pool: pg.Pool,
  { after, limit }: { after: string; limit: number },
): Promise<{ events: StoredEvent[]; cursor: string; isMore: boolean; isHeldBack: boolean }> {
  const { rows } = await pool.query<EventRow & { isHeldBack: boolean | null; read: number }>({
    name: `okno follow ${limit}`,
    // The newest by the index: an "exists" over a table that grows would be planned as a scan from its beginning.
    text: `with settled as materialized (select platform.events_settled_before() as before), page as materialized (
      select workspace_id, xid, seq, name, data, actor, audience, at from platform.events
      where (xid, seq) > ($1::xid8, $2::bigint) and xid < (select before from settled)
      order by xid, seq limit ${limit}
    )
    select newest.held as "isHeldBack", (select count(*) from page) as read, heard.* from (select (
      select xid >= (select before from settled) from platform.events order by xid desc, seq desc limit 1
    ) as held) as newest
    left join lateral (
      select workspace_id as "workspaceId", xid::text as xid, seq, name, data, actor, audience, at from page
      where audience <> '{}' or (xid, seq) = (select last.xid, last.seq from page last order by last.xid desc, last.seq desc limit 1)
      order by page.xid, page.seq
    ) as heard on true`,
    values: [...parseCursor(after)],
  })
  const read = rows.flatMap(({ isHeldBack: _, read: __, ...row }) => (row.seq === null ? [] : [eventOf(row)]))
  return {
    events: read.filter(({ audience }) => audience.length > 0),
    cursor: read.at(-1)?.cursor ?? after,
    isMore: limit > 0 && rows[0]?.read === limit,
    isHeldBack: rows[0]?.isHeldBack ?? false,
  }
}

type EventRow = Omit<StoredEvent, 'cursor'> & { xid: string; seq: number | null }
const eventOf = ({ xid, seq, ...event }: EventRow): StoredEvent => ({ ...event, cursor: `${xid}-${seq}` })

/** True when nothing after the cursor has been cleaned away yet, so that reading on from it misses nothing. */
export async function isCursorCovered(tx: Tx, cursor: string): Promise<boolean> {
  const [xid] = parseCursor(cursor)
  const { rows } = await sql<{ covered: boolean }>`
    select coalesce((select min(xid) from platform.events) <= ${xid}::xid8, true)
      and ${xid}::xid8 <= pg_snapshot_xmax(pg_current_snapshot()) as covered`.execute(tx.db)
  return rows[0]?.covered ?? false
}

export async function deleteEventsBefore(tx: Tx, before: Date): Promise<void> {
  await tx.db.deleteFrom('platform.events').where('at', '<', before).execute()
}

const CURSOR = /^(\d{1,20})-(\d{1,19})$/

const MAX_XID = 2n ** 64n - 1n
const MAX_SEQ = 2n ** 63n - 1n

/** True for a string in the form of a cursor, with numbers that the database can hold. */
export function isEventCursor(value: string): boolean {
  const [, xid, seq] = CURSOR.exec(value) ?? []
  return xid !== undefined && seq !== undefined && BigInt(xid) <= MAX_XID && BigInt(seq) <= MAX_SEQ
}

function parseCursor(cursor: string): [xid: string, seq: string] {
  const match = CURSOR.exec(cursor)
  if (!match?.[1] || !match[2]) throw new Error(`Not an event cursor: ${cursor}`)
  return [match[1], match[2]]
}
