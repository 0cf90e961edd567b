import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'

/** In a system transaction: numbers of things that need a person's eye, in one workspace or over all. */
export async function countTroubles(
  tx: Tx,
  workspaceId: string | null,
): Promise<{ failing: number; unreadable: number; stuck: number }> {
  const here = workspaceId ? sql`and workspace_id = ${workspaceId}` : sql``
  const { rows } = await sql<{ failing: number; unreadable: number; stuck: number }>`
    select
      (select count(*) from channels.accounts where health = 'failing' and is_enabled and archived_at is null ${here}) as failing,
      (select count(*) from channels.arrivals where state = 'unreadable' ${here}) as unreadable,
      (select count(*) from channels.deliveries where state = 'queued' and queued_at < now() - interval '1 hour' ${here}) as stuck`.execute(
    tx.db,
  )
  return rows[0] ?? { failing: 0, unreadable: 0, stuck: 0 }
}

/** What waits in one kind of channel; ages in seconds, 0 when nothing waits. */
export interface ChannelQueue {
  readonly channel: string
  readonly failing: number
  readonly arrivals: number
  readonly oldestArrival: number
  readonly unreadable: number
  readonly deliveries: number
  readonly oldestDelivery: number
}

/** In a system transaction: what waits in every kind of channel that has an account, over all workspaces. Reads only partial indexes of what waits. */
export async function countQueues(tx: Tx): Promise<ChannelQueue[]> {
  const { rows } = await sql<ChannelQueue>`
    with
      arriving as (
        select account_id, count(*) as waiting, min(received_at) as since
        from channels.arrivals where state = 'new' group by 1
      ),
      unread as (select account_id, count(*) as waiting from channels.arrivals where state = 'unreadable' group by 1),
      leaving as (
        select account_id, count(*) as waiting, min(queued_at) as since
        from channels.deliveries where state = 'queued' group by 1
      )
    select kind as channel,
      (count(*) filter (where health = 'failing' and is_enabled and archived_at is null))::int as failing,
      coalesce(sum(arriving.waiting), 0)::int as arrivals,
      greatest(coalesce(extract(epoch from now() - min(arriving.since)), 0), 0)::float8 as "oldestArrival",
      coalesce(sum(unread.waiting), 0)::int as unreadable,
      coalesce(sum(leaving.waiting), 0)::int as deliveries,
      greatest(coalesce(extract(epoch from now() - min(leaving.since)), 0), 0)::float8 as "oldestDelivery"
    from channels.accounts as accounts
    left join arriving on arriving.account_id = accounts.id
    left join unread on unread.account_id = accounts.id
    left join leaving on leaving.account_id = accounts.id
    group by kind`.execute(tx.db)
  return rows
}

/** One account and when it was last of use. */
export interface AccountUse {
  readonly name: string
  readonly kind: string
  readonly isEnabled: boolean
  readonly health: 'new' | 'connecting' | 'connected' | 'failing'
  readonly reason: string | null
  /** Since when it is so. */
  readonly at: Date | null
  readonly lastArrivalAt: Date | null
  readonly lastSentAt: Date | null
}

/** Of so many rows the newest of each account is looked for: a bounded price, whatever has been stored. */
const LOOKED_AT = 2000

/** Accounts of the workspace, the failing ones first. The last moments are null when nothing of the account is among the newest rows. */
export async function findAccountUse(tx: Tx): Promise<AccountUse[]> {
  const { rows } = await sql<AccountUse>`
    select name, kind, is_enabled as "isEnabled", health, health_reason as reason, health_at as at,
      arrived.at as "lastArrivalAt", sent.at as "lastSentAt"
    from channels.accounts
    left join (
      select account_id, max(received_at) as at
      from (select account_id, received_at from channels.arrivals
        where workspace_id = ${tx.workspaceId} order by id desc limit ${LOOKED_AT}) as newest
      group by 1
    ) as arrived on arrived.account_id = id
    left join (
      select account_id, max(updated_at) filter (where state in ('sent', 'delivered', 'read')) as at
      from (select account_id, updated_at, state from channels.deliveries
        where workspace_id = ${tx.workspaceId} order by id desc limit ${LOOKED_AT}) as newest
      group by 1
    ) as sent on sent.account_id = id
    where workspace_id = ${tx.workspaceId} and archived_at is null
    order by (health = 'failing' and is_enabled) desc, is_enabled desc, name`.execute(tx.db)
  return rows
}
