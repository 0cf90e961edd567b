import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { SETTLED_BEFORE } from '#platform/server/events.queries'
import { type PublicEvent, TEST_TYPE } from './event-types.ts'
import '../tables.ts'

/**
 * Begins to read the events of a workspace at this transaction, unless somebody reads them already. Events in between belong to nobody: they
 * need not be read.
 */
export async function openPosition(tx: Tx): Promise<void> {
  await sql`
    insert into integrations.positions (workspace_id, seq) values (${tx.workspaceId}, 0)
    on conflict (workspace_id) do update set xid = excluded.xid, seq = 0
      where not exists (
        select from integrations.webhooks w where w.workspace_id = ${tx.workspaceId} and w.state <> 'off'
      )`.execute(tx.db)
}

/** In a system transaction: true when there is any webhook in this installation. */
export async function hasWebhooks(tx: Tx): Promise<boolean> {
  const row = await tx.db.selectFrom('integrations.webhooks').select('id').limit(1).executeTakeFirst()
  return row !== undefined
}

/** In a system transaction: workspaces with events that nobody has collected, and with deliveries that could go out now. */
export async function findWork(tx: Tx, now: Date): Promise<{ id: string; toCollect: boolean; toSend: boolean }[]> {
  const { rows } = await sql<{ id: string; toCollect: boolean; toSend: boolean }>`
    select * from (
      select p.workspace_id as id,
        exists (
          select from platform.events e
          where e.workspace_id = p.workspace_id and (e.xid, e.seq) > (p.xid, p.seq)
            and e.xid < ${SETTLED_BEFORE}) as "toCollect",
        exists (
          select from integrations.webhooks w
          join integrations.deliveries d on d.workspace_id = w.workspace_id and d.webhook_id = w.id
          where w.workspace_id = p.workspace_id and d.state = 'queued' and d.next_try_at <= ${now}::timestamptz
            and (w.state = 'active' or d.type = ${TEST_TYPE})) as "toSend"
      from integrations.positions p
      where exists (select from integrations.webhooks w where w.workspace_id = p.workspace_id)
    ) as work where "toCollect" or "toSend"`.execute(tx.db)
  return rows
}

const lanesOf = (events: Iterable<PublicEvent>) =>
  JSON.stringify([...events].map(({ name, lane: [kind, key] }) => ({ name, kind, key })))

const LANES = sql`as lanes (name text, kind text, key text)`
const LANE = sql`lanes.kind || ':' || coalesce(e.data ->> lanes.key, '')`
/** Of the event, not of the try: a replay carries the same one. It tells nothing of how much happens in other workspaces. */
const EVENT_ID = sql`'evt_' || encode(substr(sha256(convert_to(e.workspace_id::text || ':' || e.seq, 'UTF8')), 1, 16), 'hex')`

/**
 * Holds the lanes of a workspace until the end of the transaction: `update` for who puts deliveries into lanes, `share` for who settles them. So
 * that of a delivery that comes and the one before it that goes, one sees the other. Take it before any other lock. False when nothing has
 * been opened.
 */
export async function holdLanes(tx: Tx, how: 'share' | 'update'): Promise<boolean> {
  const { rows } = await sql`
    select from integrations.positions where workspace_id = ${tx.workspaceId} for ${how === 'share' ? sql`share` : sql`update`}`.execute(
    tx.db,
  )
  return rows.length > 0
}

/**
 * Makes a delivery for every webhook of each of the next `limit` stored events, and moves the position of the workspace behind them. Only
 * settled events, as `readEvents` of the platform; a webhook hears what came after it was made.
 * Call with the lanes held.
 *
 * @returns how many events were read, and deliveries made
 */
export async function collectEvents(
  tx: Tx,
  { events, limit, now }: { events: Iterable<PublicEvent>; limit: number; now: Date },
): Promise<{ read: number; made: number }> {
  const { rows } = await sql<{ read: number; made: number }>`
    with place as (
      select xid, seq from integrations.positions where workspace_id = ${tx.workspaceId}
    ),
    batch as (
      select e.* from platform.events e
      where e.workspace_id = ${tx.workspaceId}
        and (e.xid, e.seq) > ((select xid from place), (select seq from place))
        and e.xid < ${SETTLED_BEFORE}
      order by e.xid, e.seq
      limit ${limit}
    ),
    moved as (
      update integrations.positions p set xid = l.xid, seq = l.seq
      from (select xid, seq from batch order by batch.xid desc, batch.seq desc limit 1) as l
      where p.workspace_id = ${tx.workspaceId}
    ),
    fresh as (
      select e.workspace_id, w.id as webhook_id, ${EVENT_ID} as event_id, e.seq, e.name, ${LANE} as lane, e.at, e.actor, e.data, e.changes
      from batch e
      join jsonb_to_recordset(${lanesOf(events)}::jsonb) ${LANES} on lanes.name = e.name
      join integrations.webhooks w on w.workspace_id = e.workspace_id and w.state <> 'off'
        and e.name = any(w.events) and e.xid >= w.since_xid
      where not exists (
        select from integrations.deliveries d
        where d.workspace_id = e.workspace_id and d.webhook_id = w.id and d.event_id = ${EVENT_ID})
    ),
    made as (
      insert into integrations.deliveries
        (workspace_id, webhook_id, event_id, event_seq, type, lane, occurred_at, actor, data, changes, next_try_at)
      select workspace_id, webhook_id, event_id, seq, name, lane, at, actor, data, changes,
        -- Only the first of its lane may be tried: of those before this batch, and of this batch.
        case when lag(seq) over (partition by webhook_id, lane order by seq) is null and not exists (
          select from integrations.deliveries d
          where d.workspace_id = fresh.workspace_id and d.webhook_id = fresh.webhook_id and d.lane = fresh.lane
            and d.state in ('queued', 'sending')
        ) then ${now}::timestamptz end
      from fresh
      returning 1
    )
    select (select count(*) from batch)::int as read, (select count(*) from made)::int as made`.execute(tx.db)
  return rows[0] ?? { read: 0, made: 0 }
}

/** Where a replay goes on: behind this event. */
export interface Place {
  readonly xid: string
  readonly seq: number
}

/**
 * Puts stored events of a span of time into the lanes of one webhook once more; `failed` only what was given up or never told. Call with the
 * lanes held; `releaseAll` then lets them go.
 *
 * @returns the place of the last of at most `limit` events; null at the end
 */
export async function replayEvents(
  tx: Tx,
  of: {
    webhookId: string
    events: Iterable<PublicEvent>
    from: Date
    to: Date
    which: 'failed' | 'all'
    after: Place
    limit: number
  },
): Promise<Place | null> {
  const again = of.which === 'all' ? sql`('delivered', 'given_up')` : sql`('given_up')`
  const { rows } = await sql<Place>`
    with span as (
      select e.* from platform.events e
      join integrations.webhooks w on w.workspace_id = e.workspace_id and w.id = ${of.webhookId} and e.name = any(w.events)
      where e.workspace_id = ${tx.workspaceId} and (e.xid, e.seq) > (${of.after.xid}::xid8, ${of.after.seq}::bigint)
        and e.xid < ${SETTLED_BEFORE}
        and e.at >= ${of.from}::timestamptz and e.at < ${of.to}::timestamptz
      order by e.xid, e.seq
      limit ${of.limit}
    ),
    made as (
      insert into integrations.deliveries
        (workspace_id, webhook_id, event_id, event_seq, type, lane, occurred_at, actor, data, changes)
      select e.workspace_id, ${of.webhookId}::uuid, ${EVENT_ID}, e.seq, e.name, ${LANE}, e.at, e.actor, e.data, e.changes
      from span e join jsonb_to_recordset(${lanesOf(of.events)}::jsonb) ${LANES} on lanes.name = e.name
      on conflict (workspace_id, webhook_id, event_id) do update
        set state = 'queued', attempts = 0, first_try_at = null, next_try_at = null, settled_at = null
        where deliveries.state in ${again}
    )
    select span.xid::text as xid, span.seq from span order by span.xid desc, span.seq desc limit 1`.execute(tx.db)
  return rows[0] ?? null
}
