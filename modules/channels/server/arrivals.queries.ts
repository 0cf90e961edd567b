import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { ERASED } from './personal-data.queries.ts'

export interface NewArrival {
  readonly id: string
  readonly accountId: string
  readonly key: string
  readonly receivedAt: Date
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface StoredArrival {
  readonly id: string
  readonly key: string
  readonly receivedAt: Date
  readonly headers: Record<string, string>
  readonly body: Buffer
  readonly attempts: number
}

/** Inserts arrivals whose key is not there yet; answers with those that were new. */
export async function insertArrivals(
  tx: Tx,
  arrivals: readonly NewArrival[],
): Promise<{ id: string; accountId: string }[]> {
  return await tx.db
    .insertInto('channels.arrivals')
    .values(
      arrivals.map((arrival) => ({
        workspace_id: tx.workspaceId,
        id: arrival.id,
        account_id: arrival.accountId,
        key: arrival.key,
        received_at: arrival.receivedAt,
        headers: JSON.stringify(arrival.headers),
        body: Buffer.from(arrival.body.buffer, arrival.body.byteOffset, arrival.body.byteLength),
      })),
    )
    .onConflict((conflict) => conflict.columns(['workspace_id', 'account_id', 'key']).doNothing())
    .returning(['id', 'account_id as accountId'])
    .execute()
}

/** Waits until no other process reads this account; ends with the transaction. */
export async function lockReading(tx: Tx, accountId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`read ${accountId}`}, 0))`.execute(tx.db)
}

/** Due arrivals of one account without `except`, oldest first, at most `limit` and `maxBytes` together (but at least one). */
export async function nextArrivals(
  tx: Tx,
  {
    accountId,
    except,
    now,
    limit,
    maxBytes,
  }: { accountId: string; except: readonly string[]; now: Date; limit: number; maxBytes: number },
): Promise<StoredArrival[]> {
  const { rows } = await sql<StoredArrival>`
    select id, key, received_at as "receivedAt", headers, body, attempts
    from (
      select id, key, received_at, headers, body, attempts,
        sum(octet_length(body)) over (order by id) - octet_length(body) as bytes_before
      from channels.arrivals
      where workspace_id = ${tx.workspaceId} and account_id = ${accountId} and state = 'new'
        and (next_try_at is null or next_try_at <= ${now}) and id <> all(${[...except]}::uuid[])
      order by id
      limit ${limit}
    ) as due
    where bytes_before < ${maxBytes}
    order by id`.execute(tx.db)
  return rows
}

/** Those of the given arrivals that still wait to be read, locked. */
export async function lockNewArrivals(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.db
    .selectFrom('channels.arrivals')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', [...ids])
    .where('state', '=', 'new')
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Set(rows.map(({ id }) => id))
}

export async function markRead(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await tx.db
    .updateTable('channels.arrivals')
    .set({ state: 'read', read_at: at, reason: null, next_try_at: null })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', [...ids])
    .execute()
}

/** Notes a failed reading: another try at `nextTryAt`, or none when it is null. */
export async function recordFailedReading(
  tx: Tx,
  { id, reason, nextTryAt }: { id: string; reason: string; nextTryAt: Date | null },
): Promise<void> {
  await tx.db
    .updateTable('channels.arrivals')
    .set((eb) => ({
      state: nextTryAt ? ('new' as const) : ('unreadable' as const),
      reason,
      next_try_at: nextTryAt,
      attempts: eb('attempts', '+', 1),
    }))
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .where('state', '=', 'new')
    .execute()
}

/** Accounts of every workspace with arrivals that could be read now. */
export async function findAccountsToRead(tx: Tx, now: Date): Promise<{ workspaceId: string; accountId: string }[]> {
  return await tx.db
    .selectFrom('channels.arrivals')
    .select(['workspace_id as workspaceId', 'account_id as accountId'])
    .where('state', '=', 'new')
    .where((eb) => eb.or([eb('next_try_at', 'is', null), eb('next_try_at', '<=', now)]))
    .groupBy(['workspace_id', 'account_id'])
    .execute()
}

export interface ArrivalRow {
  readonly id: string
  readonly accountId: string
  readonly accountName: string
  readonly kind: string
  readonly key: string
  readonly state: 'new' | 'read' | 'unreadable'
  readonly reason: string | null
  readonly attempts: number
  readonly receivedAt: Date
  readonly readAt: Date | null
  readonly sizeBytes: number
}

/** Arrivals, newest first, older than `before`. */
export async function listArrivals(
  tx: Tx,
  of: {
    state: ArrivalRow['state'] | undefined
    accountId: string | undefined
    before: string | undefined
    limit: number
  },
): Promise<ArrivalRow[]> {
  const { rows } = await sql<ArrivalRow>`
    select a.id, a.account_id as "accountId", c.name as "accountName", c.kind, a.key, a.state, a.reason, a.attempts,
      a.received_at as "receivedAt", a.read_at as "readAt", octet_length(a.body) as "sizeBytes"
    from channels.arrivals a
    join channels.accounts c on c.workspace_id = a.workspace_id and c.id = a.account_id
    where a.workspace_id = ${tx.workspaceId}
      ${of.state ? sql`and a.state = ${of.state}` : sql``}
      ${of.accountId ? sql`and a.account_id = ${of.accountId}` : sql``}
      ${of.before ? sql`and a.id < ${of.before}` : sql``}
    order by a.id desc
    limit ${of.limit}`.execute(tx.db)
  return rows
}

export async function findArrivalBody(
  tx: Tx,
  id: string,
): Promise<{ kind: string; headers: Record<string, string>; body: Buffer } | undefined> {
  return await tx.db
    .selectFrom('channels.arrivals')
    .innerJoin('channels.accounts', (join) =>
      join
        .onRef('channels.accounts.workspace_id', '=', 'channels.arrivals.workspace_id')
        .onRef('channels.accounts.id', '=', 'channels.arrivals.account_id'),
    )
    .select(['channels.accounts.kind', 'headers', 'body'])
    .where('channels.arrivals.workspace_id', '=', tx.workspaceId)
    .where('channels.arrivals.id', '=', id)
    .executeTakeFirst()
}

/**
 * Lets an arrival be read again from the beginning; answers with its account, or undefined when there is no such arrival or nothing is left
 * in it to read.
 */
export async function resetArrival(tx: Tx, id: string): Promise<{ accountId: string } | undefined> {
  return await tx.db
    .updateTable('channels.arrivals')
    .set({ state: 'new', attempts: 0, reason: null, next_try_at: null })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .where(sql<boolean>`reason is distinct from ${ERASED}`)
    .returning('account_id as accountId')
    .executeTakeFirst()
}
