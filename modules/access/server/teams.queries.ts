import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { type Page, type PageQuery, toPage } from '#platform/shared/page'
import type { Team } from '../contract/index.ts'
import { afterName } from './after-cursor.ts'
import './tables.ts'

const selectTeams = (tx: Tx) =>
  tx.db
    .selectFrom('access.teams as teams')
    .where('teams.workspace_id', '=', tx.workspaceId)
    .where('teams.archived_at', 'is', null)
    .select(['teams.id', 'teams.name'])
    .select(
      // Of those who work here: whoever writes the list back would be refused for one who left.
      sql<string[]>`array(select operator_id from access.team_members as members
        join access.operators on operators.workspace_id = members.workspace_id and operators.id = members.operator_id
        where members.workspace_id = teams.workspace_id and members.team_id = teams.id and operators.archived_at is null
        order by operator_id)`.as('operatorIds'),
    )

/** One page of teams by name. */
export async function findTeamPage(tx: Tx, { cursor, limit }: PageQuery): Promise<Page<Team>> {
  let query = selectTeams(tx)
    .orderBy(sql`lower(teams.name)`)
    .orderBy('teams.id')
    .limit(limit + 1)
  if (cursor) {
    const { name, id } = afterName(cursor)
    query = query.where(sql<boolean>`(lower(teams.name), teams.id) > (lower(${name}::text), ${id}::uuid)`)
  }
  return toPage(await query.execute(), limit, ({ name, id }) => [name, id])
}

export async function findTeam(tx: Tx, id: string): Promise<Team | undefined> {
  return selectTeams(tx).where('teams.id', '=', id).executeTakeFirst()
}

/** Names by id, also of teams that are no more. */
export async function findTeamNames(
  tx: Tx,
  ids?: readonly string[],
): Promise<Map<string, { id: string; name: string }>> {
  if (ids?.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('access.teams')
    .where('workspace_id', '=', tx.workspaceId)
    .$if(ids !== undefined, (query) => query.where('id', 'in', ids as string[])) // the driver wants a list it could change
    .select(['id', 'name'])
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** Which of these teams exist. */
export async function findKnownTeams(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tx.db
    .selectFrom('access.teams')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', ids as string[])
    .where('archived_at', 'is', null)
    .select('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** The new team's id; undefined when the name is taken. */
export async function insertTeam(tx: Tx, name: string): Promise<string | undefined> {
  const row = await tx.db
    .insertInto('access.teams')
    .values({ workspace_id: tx.workspaceId, name, archived_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** Takes the team's row for this transaction; undefined when there is no such team. */
export async function lockTeam(tx: Tx, id: string): Promise<{ id: string; name: string } | undefined> {
  return tx.db
    .selectFrom('access.teams')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .where('archived_at', 'is', null)
    .select(['id', 'name'])
    .forUpdate()
    .executeTakeFirst()
}

/** True when another team has this name. */
export async function isTeamNameTaken(tx: Tx, { name, exceptId }: { name: string; exceptId: string }) {
  const row = await tx.db
    .selectFrom('access.teams')
    .where('workspace_id', '=', tx.workspaceId)
    .where(sql<boolean>`lower(name) = lower(${name})`)
    .where('id', '<>', exceptId)
    .where('archived_at', 'is', null)
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function updateTeam(tx: Tx, id: string, values: { name: string } | { archived_at: Date }): Promise<void> {
  await tx.db
    .updateTable('access.teams')
    .set(values)
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()
}

/** Replaces the members of a team, or the teams of an operator. Returns the other side of what was removed or added. */
export async function replaceMembers(
  tx: Tx,
  side: { team_id: string } | { operator_id: string },
  ids: readonly string[],
): Promise<string[]> {
  const [own, other] = 'team_id' in side ? (['team_id', 'operator_id'] as const) : (['operator_id', 'team_id'] as const)
  const id = 'team_id' in side ? side.team_id : side.operator_id
  const wanted = [...new Set(ids)]
  const removed = await tx.db
    .deleteFrom('access.team_members')
    .where('workspace_id', '=', tx.workspaceId)
    .where(own, '=', id)
    .where(sql<boolean>`${sql.ref(other)} <> all(${wanted}::uuid[])`)
    .returning(`${other} as other`)
    .execute()
  if (wanted.length === 0) return removed.map((row) => row.other)
  const added = await tx.db
    .insertInto('access.team_members')
    .values(
      wanted.map((value) =>
        own === 'team_id'
          ? { workspace_id: tx.workspaceId, team_id: id, operator_id: value }
          : { workspace_id: tx.workspaceId, operator_id: id, team_id: value },
      ),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning(`${other} as other`)
    .execute()
  return [...removed, ...added].map((row) => row.other)
}

/** Everybody who is in one of these teams, by id. */
export async function findOperatorsOfTeams(tx: Tx, teamIds: readonly string[]): Promise<string[]> {
  if (teamIds.length === 0) return []
  const rows = await tx.db
    .selectFrom('access.team_members')
    .where('workspace_id', '=', tx.workspaceId)
    .where('team_id', 'in', teamIds as string[]) // the driver wants a list it could change
    .select('operator_id as id')
    .distinct()
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}
