import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { Changes } from '#platform/shared/changes'
import { decodeCursor, foreignCursor, type Page, toPage } from '#platform/shared/page'
import type { Delivery, DeliveryDetails, DeliveryQuery, DeliveryState, ReasonCode } from '../../contract/index.ts'
import { TEST_TYPE } from './event-types.ts'
import '../tables.ts'

/** A delivery that this process sends. */
export interface Claimed {
  readonly id: string
  readonly webhookId: string
  readonly eventId: string
  readonly type: string
  readonly lane: string
  readonly occurredAt: Date
  readonly actor: { operatorId: string | null; name: string }
  readonly data: Record<string, unknown>
  readonly changes: Changes | null
  readonly body: string | null
  readonly attempts: number
  readonly firstTryAt: Date
}

/**
 * Takes due deliveries for sending until `leaseUntil`: of each lane only the first, of each webhook at most `perWebhook` less those that this
 * process has under way. Safe against other processes: rows that they hold are skipped.
 */
export async function claimDeliveries(
  tx: Tx,
  of: { perWebhook: number; underWay: ReadonlyMap<string, number>; now: Date; leaseUntil: Date },
): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    update integrations.deliveries as taken
    set state = 'sending', attempts = attempts + 1, lease_until = ${of.leaseUntil}, next_try_at = null,
      first_try_at = coalesce(first_try_at, ${of.now}::timestamptz)
    from integrations.webhooks w
    left join jsonb_each_text(${JSON.stringify(Object.fromEntries(of.underWay))}::jsonb) as busy (id, count) on busy.id = w.id::text
    cross join lateral (
      select d.id from integrations.deliveries d
      where d.workspace_id = ${tx.workspaceId} and d.webhook_id = w.id
        and d.state = 'queued' and d.next_try_at <= ${of.now}
        and (w.state = 'active' or d.type = ${TEST_TYPE})
        and not exists (
          select from integrations.deliveries earlier
          where earlier.workspace_id = d.workspace_id and earlier.webhook_id = d.webhook_id and earlier.lane = d.lane
            and earlier.state in ('queued', 'sending')
            and (earlier.event_seq < d.event_seq or earlier.state = 'sending')
          offset 0)
      order by d.next_try_at, d.event_seq
      limit greatest(0, ${of.perWebhook} - coalesce(busy.count::int, 0))
      for update skip locked
    ) as due
    where w.workspace_id = ${tx.workspaceId} and taken.workspace_id = ${tx.workspaceId} and taken.id = due.id
    returning taken.id, taken.webhook_id as "webhookId", taken.event_id as "eventId", taken.type, taken.lane,
      taken.occurred_at as "occurredAt", taken.actor, taken.data, taken.changes, taken.body, taken.attempts,
      taken.first_try_at as "firstTryAt"`.execute(tx.db)
  return rows
}

export interface Settled {
  readonly id: string
  /** The try that came to this: its number. */
  readonly attempts: number
  readonly state: DeliveryState
  readonly nextTryAt: Date | null
  readonly status: number | null
  readonly reason: string | null
  readonly reasonCode: ReasonCode | null
  readonly body: string | null
  readonly at: Date
}

/** Writes what came of a try. False when the delivery is no longer ours: another process took it for abandoned. */
export async function settleDelivery(tx: Tx, to: Settled): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('integrations.deliveries')
    .set({
      state: to.state,
      next_try_at: to.nextTryAt,
      lease_until: null,
      status: to.status,
      reason: to.reason,
      reason_code: to.reasonCode,
      body: sql`coalesce(body, ${to.body})`,
      settled_at: to.state === 'queued' ? null : to.at,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', to.id)
    .where('state', '=', 'sending')
    .where('attempts', '=', to.attempts)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Lets the next delivery of a lane be tried, when its first one is settled. Call with the lanes held. */
export async function releaseLane(tx: Tx, webhookId: string, lane: string, now: Date): Promise<void> {
  await sql`
    update integrations.deliveries set next_try_at = ${now}
    where workspace_id = ${tx.workspaceId} and next_try_at is null and id = (
      select id from integrations.deliveries
      where workspace_id = ${tx.workspaceId} and webhook_id = ${webhookId} and lane = ${lane}
        and state in ('queued', 'sending')
      order by event_seq limit 1)
      and state = 'queued'`.execute(tx.db)
}

/** As `releaseLane`, for every lane of a webhook, and makes what waits for its next try due at once. Call with the lanes held. */
export async function releaseAll(tx: Tx, webhookId: string, now: Date): Promise<void> {
  await sql`
    update integrations.deliveries set next_try_at = ${now}, first_try_at = null
    where workspace_id = ${tx.workspaceId} and state = 'queued' and id in (
      select distinct on (lane) id from integrations.deliveries
      where workspace_id = ${tx.workspaceId} and webhook_id = ${webhookId} and state in ('queued', 'sending')
      order by lane, event_seq)`.execute(tx.db)
}

export async function insertTest(
  tx: Tx,
  test: { id: string; webhookId: string; actor: { operatorId: string | null; name: string }; now: Date },
): Promise<void> {
  await tx.db
    .insertInto('integrations.deliveries')
    .values({
      workspace_id: tx.workspaceId,
      id: test.id,
      webhook_id: test.webhookId,
      event_id: `evt_${test.id.replaceAll('-', '')}`,
      event_seq: 0,
      type: TEST_TYPE,
      lane: `test:${test.id}`,
      occurred_at: test.now,
      actor: JSON.stringify(test.actor),
      data: '{}',
      next_try_at: test.now,
    })
    .execute()
}

/** Puts one delivery on its way once more, with the same id and body. */
export async function restartDelivery(tx: Tx, webhookId: string, id: string): Promise<{ lane: string } | undefined> {
  return await tx.db
    .updateTable('integrations.deliveries')
    .set({ state: 'queued', attempts: 0, first_try_at: null, next_try_at: null, settled_at: null })
    .where('workspace_id', '=', tx.workspaceId)
    .where('webhook_id', '=', webhookId)
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'delivered', 'given_up'])
    .returning('lane')
    .executeTakeFirst()
}

export async function hasDelivery(tx: Tx, webhookId: string, id: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('integrations.deliveries')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('webhook_id', '=', webhookId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

export async function insertAttempt(
  tx: Tx,
  attempt: {
    deliveryId: string
    at: Date
    tookMs: number
    status: number | null
    reason: string | null
    reasonCode: ReasonCode | null
    answer: string
  },
): Promise<void> {
  await tx.db
    .insertInto('integrations.attempts')
    .values({
      workspace_id: tx.workspaceId,
      delivery_id: attempt.deliveryId,
      at: attempt.at,
      took_ms: attempt.tookMs,
      status: attempt.status,
      reason: attempt.reason,
      reason_code: attempt.reasonCode,
      answer: attempt.answer,
    })
    .execute()
}

const SHOWN = [
  'id',
  'event_id as eventId',
  'type',
  'lane as object',
  'state',
  'attempts',
  'occurred_at as occurredAt',
  'next_try_at as nextTryAt',
  'settled_at as settledAt',
  'status',
  'reason',
  'reason_code as reasonCode',
] as const

const ofWebhook = (tx: Tx, webhookId: string) =>
  tx.db
    .selectFrom('integrations.deliveries')
    .where('workspace_id', '=', tx.workspaceId)
    .where('webhook_id', '=', webhookId)

/** One page of a webhook's log, the latest events first. @throws Problem `request.cursor` */
export async function findDeliveryPage(
  tx: Tx,
  webhookId: string,
  { state, cursor, limit }: DeliveryQuery,
): Promise<Page<Delivery>> {
  let query = ofWebhook(tx, webhookId)
    .select(SHOWN)
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (state) query = query.where('state', 'in', state === 'waiting' ? ['queued', 'sending'] : [state])
  if (cursor) {
    const [at, id] = decodeCursor(cursor, 2)
    if (!Number.isFinite(Date.parse(String(at))) || !/^[0-9a-f-]{36}$/.test(String(id))) throw foreignCursor()
    query = query.where(sql<boolean>`(occurred_at, id) < (${String(at)}::timestamptz, ${String(id)}::uuid)`)
  }
  // Times are kept to the microsecond, dates of JavaScript to the millisecond: the cursor carries the whole.
  const rows = await query.select(sql<string>`occurred_at::text`.as('exactAt')).execute()
  const page = toPage(rows, limit, ({ exactAt, id }) => [exactAt, id])
  return { items: page.items.map(({ exactAt: _, ...shown }) => shown), nextCursor: page.nextCursor }
}

/** One delivery with what was sent and what was answered. */
export async function findDelivery(tx: Tx, webhookId: string, id: string): Promise<DeliveryDetails | undefined> {
  const found = await ofWebhook(tx, webhookId)
    .where('id', '=', id)
    .select([...SHOWN, 'body'])
    .executeTakeFirst()
  if (!found) return undefined
  const tries = await tx.db
    .selectFrom('integrations.attempts')
    .select(['id', 'at', 'took_ms as tookMs', 'status', 'reason', 'reason_code as reasonCode', 'answer'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('delivery_id', '=', id)
    .orderBy('id')
    .execute()
  return { ...found, tries }
}

/** In a system transaction: lets what dead processes were sending be sent again; the receiver knows it by its id. */
export async function freeAbandoned(tx: Tx, now: Date): Promise<void> {
  await tx.db
    .updateTable('integrations.deliveries')
    .set({
      state: 'queued',
      lease_until: null,
      next_try_at: now,
      reason: 'Okno ended while it sent this',
      reason_code: 'interrupted',
    })
    .where('state', '=', 'sending')
    .where('lease_until', '<', now)
    .execute()
}

/** In a system transaction: forgets what happened before that time, tries included. */
export async function deleteDeliveriesBefore(tx: Tx, before: Date): Promise<void> {
  await tx.db
    .deleteFrom('integrations.deliveries')
    .where('occurred_at', '<', before)
    .where('state', '<>', 'sending')
    .execute()
}
