import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { DeliveryState } from '../contract/delivery.ts'
import type { AccountRef } from './account-ref.ts'
import type { StoredDraft } from './enqueue-delivery.ts'

export interface Delivery {
  readonly id: string
  readonly accountId: string
  readonly message: StoredDraft
  readonly state: DeliveryState
  readonly attempts: number
  readonly queuedAt: Date
  readonly leaseUntil: Date | null
  readonly providerId: string | null
}

const columns = [
  'id',
  'account_id as accountId',
  'message',
  'state',
  'attempts',
  'queued_at as queuedAt',
  'lease_until as leaseUntil',
  'provider_id as providerId',
] as const

export async function insertDelivery(
  tx: Tx,
  delivery: { id: string; accountId: string; lane: string; message: StoredDraft; at: Date },
): Promise<void> {
  await tx.db
    .insertInto('channels.deliveries')
    .values({
      workspace_id: tx.workspaceId,
      id: delivery.id,
      account_id: delivery.accountId,
      lane: delivery.lane,
      message: JSON.stringify(delivery.message),
      queued_at: delivery.at,
      next_try_at: delivery.at,
    })
    .execute()
}

/** An account and how many of its messages may be taken now. */
export interface Room {
  readonly accountId: string
  readonly limit: number
}

/**
 * Takes due deliveries of several accounts for sending until `leaseUntil`: of each lane only the first unsent one. Safe against other
 * processes: rows that they hold are skipped.
 */
export async function claimDeliveries(
  tx: Tx,
  { rooms, now, leaseUntil }: { rooms: readonly Room[]; now: Date; leaseUntil: Date },
): Promise<Delivery[]> {
  if (rooms.length === 0) return []
  const { rows } = await sql<Delivery>`
    update channels.deliveries as taken
    set state = 'sending', attempts = attempts + 1, lease_until = ${leaseUntil}, updated_at = ${now}
    from unnest(
      ${rooms.map(({ accountId }) => accountId)}::uuid[], ${rooms.map(({ limit }) => limit)}::int[]
    ) as room (account_id, places)
    cross join lateral (
      select d.id from channels.deliveries d
      where d.workspace_id = ${tx.workspaceId} and d.account_id = room.account_id
        and d.state = 'queued' and d.next_try_at <= ${now}
        and not exists (
          select from channels.deliveries earlier
          where earlier.workspace_id = d.workspace_id and earlier.account_id = d.account_id and earlier.lane = d.lane
            and earlier.state in ('queued', 'sending')
            and (earlier.id < d.id or earlier.state = 'sending')
          -- Keeps it from becoming a join, which would read the whole queue of the account each time, not the lane.
          offset 0)
      order by d.next_try_at, d.id
      limit room.places
      for update skip locked
    ) as due
    where taken.workspace_id = ${tx.workspaceId} and taken.id = due.id
    returning taken.id, taken.account_id as "accountId", taken.message, taken.state, taken.attempts,
      taken.queued_at as "queuedAt", taken.lease_until as "leaseUntil", taken.provider_id as "providerId"`.execute(
    tx.db,
  )
  return rows
}

/** In a system transaction: tells other processes that these are still being sent. */
export async function renewLeases(tx: Tx, ids: readonly string[], leaseUntil: Date): Promise<void> {
  await tx.db
    .updateTable('channels.deliveries')
    .set({ lease_until: leaseUntil })
    .where('id', 'in', [...ids])
    .where('state', '=', 'sending')
    .execute()
}

/** These deliveries, locked in id order everywhere, so that two processes cannot wait for each other. */
export async function lockDeliveries(tx: Tx, ids: readonly string[]): Promise<Delivery[]> {
  if (ids.length === 0) return []
  return await tx.db
    .selectFrom('channels.deliveries')
    .select(columns)
    .where('workspace_id', '=', tx.workspaceId)
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** The delivery that a provider knows by this id. */
export async function lockDeliveryOfProvider(
  tx: Tx,
  accountId: string,
  providerId: string,
): Promise<Delivery | undefined> {
  return await tx.db
    .selectFrom('channels.deliveries')
    .select(columns)
    .where('workspace_id', '=', tx.workspaceId)
    .where('account_id', '=', accountId)
    .where('provider_id', '=', providerId)
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
}

export async function hasSendingDeliveries(tx: Tx, accountId: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('channels.deliveries')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('account_id', '=', accountId)
    .where('state', '=', 'sending')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export interface NewState {
  readonly id: string
  readonly state: DeliveryState
  readonly providerId: string | null
  readonly reason: string | null
  readonly reasonCode: string | null
  readonly nextTryAt: Date | null
}

/** Writes what became of deliveries; nobody holds them any more. */
export async function updateDeliveries(tx: Tx, to: readonly NewState[]): Promise<void> {
  if (to.length === 0) return
  await sql`
    update channels.deliveries as d set
      state = became.state, provider_id = became.provider_id, reason = became.reason, reason_code = became.reason_code,
      lease_until = null, updated_at = now(), next_try_at = coalesce(became.next_try_at, d.next_try_at)
    from unnest(
      ${to.map(({ id }) => id)}::uuid[], ${to.map(({ state }) => state)}::text[],
      ${to.map(({ providerId }) => providerId)}::text[], ${to.map(({ reason }) => reason)}::text[],
      ${to.map(({ reasonCode }) => reasonCode)}::text[], ${to.map(({ nextTryAt }) => nextTryAt)}::timestamptz[]
    ) as became (id, state, provider_id, reason, reason_code, next_try_at)
    where d.workspace_id = ${tx.workspaceId} and d.id = became.id`.execute(tx.db)
}

/** Begins a delivery anew: full time until it is given up, first try now. */
export async function restartDelivery(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.db
    .updateTable('channels.deliveries')
    .set({
      state: 'queued',
      attempts: 0,
      queued_at: at,
      next_try_at: at,
      lease_until: null,
      reason: null,
      reason_code: null,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()
}

/** Makes what waits for working settings due at once. */
export async function hurryDeliveries(tx: Tx, accountId: string, at: Date): Promise<void> {
  await tx.db
    .updateTable('channels.deliveries')
    .set({ next_try_at: at })
    .where('workspace_id', '=', tx.workspaceId)
    .where('account_id', '=', accountId)
    .where('state', '=', 'queued')
    .where('reason_code', 'in', ['not_configured', 'unauthorised', 'unreachable'])
    .execute()
}

export interface Overdue extends AccountRef {
  readonly id: string
}

/** In a system transaction: deliveries whose sender died in the middle, or that have waited since before `givenUpBefore`. */
export async function findAbandoned(
  tx: Tx,
  { now, givenUpBefore }: { now: Date; givenUpBefore: Date },
): Promise<Overdue[]> {
  return await tx.db
    .selectFrom('channels.deliveries')
    .select(['workspace_id as workspaceId', 'account_id as accountId', 'id'])
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'sending'), eb('lease_until', '<', now)]),
        eb.and([eb('state', '=', 'queued'), eb('queued_at', '<', givenUpBefore)]),
      ]),
    )
    .orderBy('id')
    .limit(500)
    .execute()
}

/** In a system transaction: accounts in use with deliveries that could go out now. */
export async function findAccountsToSend(tx: Tx, now: Date): Promise<AccountRef[]> {
  return await tx.db
    .selectFrom('channels.deliveries')
    .innerJoin('channels.accounts', (join) =>
      join
        .onRef('channels.accounts.workspace_id', '=', 'channels.deliveries.workspace_id')
        .onRef('channels.accounts.id', '=', 'channels.deliveries.account_id'),
    )
    .select(['channels.deliveries.workspace_id as workspaceId', 'channels.deliveries.account_id as accountId'])
    .where('channels.deliveries.state', '=', 'queued')
    .where('channels.deliveries.next_try_at', '<=', now)
    .where('channels.accounts.is_enabled', '=', true)
    .where('channels.accounts.archived_at', 'is', null)
    .groupBy(['channels.deliveries.workspace_id', 'channels.deliveries.account_id'])
    .execute()
}
