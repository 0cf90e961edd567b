import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { anyOf, keepPlan, uuids } from '#platform/server/kept-plans'
import { conversationColumns } from './conversation.queries.ts'
import type { ConversationState } from './conversation.ts'

/** Only one process gives out a workspace's queue at a time: two would count the same free room. */
export async function holdQueue(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`inbox queue ${tx.workspaceId}`}, 0))`.execute(tx.db)
}

/** What each operator has at hand: conversations that are new or open; and when they last got or answered one. */
export async function findLoads(
  tx: Tx,
  operatorIds: readonly string[],
): Promise<Map<string, { load: number; busyAt: Date | null }>> {
  const { rows } = await keepPlan(sql<{ id: string; load: number; busyAt: Date | null }>`
    select asked.id, held.load, greatest(held.assigned_at, answered.sent_at) as "busyAt"
    from unnest(${uuids(operatorIds)}) as asked (id)
    cross join lateral (
      select count(*)::int as load, max(assigned_at) as assigned_at from inbox.conversations
      where workspace_id = ${tx.workspaceId} and owner_id = asked.id and status in ('new', 'open')
    ) as held
    left join lateral (
      select sent_at from inbox.messages
      where workspace_id = ${tx.workspaceId} and operator_id = asked.id and direction = 'out' order by sent_at desc limit 1
    ) as answered on true`).execute(tx.db)
  return new Map(rows.map(({ id, ...rest }) => [id, rest]))
}

/** Conversations that an operator has at hand: new and open ones. */
export async function findAtHand(tx: Tx, operatorId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from inbox.conversations
    where workspace_id = ${tx.workspaceId} and owner_id = ${operatorId} and status in ('new', 'open')`.execute(tx.db)
  return rows.map(({ id }) => id)
}

/**
 * The oldest waiting conversations that nobody owns, locked; those that somebody else is changing right now are left out: their change
 * asks for routing again. `able` = only what one of these operators may get; `only` = none but these.
 */
export async function lockQueue(
  tx: Tx,
  {
    able,
    only,
    limit,
  }: {
    able?: { operatorIds: readonly string[]; teamIds: readonly string[] }
    only?: readonly string[]
    limit: number
  },
): Promise<ConversationState[]> {
  const statement = tx.db
    .selectFrom('inbox.conversations')
    .select(conversationColumns)
    .where('workspace_id', '=', tx.workspaceId)
    .where('owner_id', 'is', null)
    .where('waiting_since', 'is not', null)
    .$if(able !== undefined, (query) =>
      query.where(sql<boolean>`(
        team_id is null or team_id = ${anyOf(able?.teamIds ?? [])}
        or preferred_owner_id = ${anyOf(able?.operatorIds ?? [])}
      )`),
    )
    .$if(only !== undefined, (query) => query.where(sql<boolean>`id = ${anyOf(only ?? [])}`))
    .orderBy('waiting_since')
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
  const { rows } = await keepPlan(sql<ConversationState>`${statement}`).execute(tx.db)
  return rows
}

/** The front of the queue as it is, without locks: who could take it, and the reason why it waits. */
export async function lookAtQueue(
  tx: Tx,
  limit: number,
): Promise<Pick<ConversationState, 'id' | 'teamId' | 'preferredOwnerId' | 'routing'>[]> {
  return await tx.db
    .selectFrom('inbox.conversations')
    .select(['id', 'team_id as teamId', 'preferred_owner_id as preferredOwnerId', 'routing'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('owner_id', 'is', null)
    .where('waiting_since', 'is not', null)
    .orderBy('waiting_since')
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Workspaces in which somebody waits in the queue. For the sweep, outside any workspace. */
export async function findWaitingWorkspaces(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from platform.workspaces as w
    where exists (
      select from inbox.conversations
      where workspace_id = w.id and owner_id is null and waiting_since is not null
    )`.execute(tx.db)
  return rows.map(({ id }) => id)
}
