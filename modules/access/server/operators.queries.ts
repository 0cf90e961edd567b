import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { newId } from '#platform/shared/ids'
import { type Page, type PageQuery, toPage } from '#platform/shared/page'
import type { NewOperator, Operator } from '../contract/index.ts'
import { afterName } from './after-cursor.ts'
import './tables.ts'

/** Without a sign of life for this long a window counts as closed. Windows say they are open every 20 s. */
export const SEEN_MS = 60_000

const seenSince = (now: Date) => new Date(now.getTime() - SEEN_MS)

/** Operators by id, also those who left; without ids everybody who works here. By name. */
export async function findOperators(
  tx: Tx,
  { now, ids }: { now: Date; ids?: readonly string[] | undefined },
): Promise<Operator[]> {
  if (ids?.length === 0) return []
  const query = selectOperators(tx, now)
  return (
    ids ? query.where('operators.id', 'in', ids as string[]) : query.where('operators.archived_at', 'is', null)
  ).execute()
}

/** One page of operators by name: those who work here, or those who left. */
export async function findOperatorPage(
  tx: Tx,
  { now, archived, cursor, limit }: PageQuery & { now: Date; archived: boolean },
): Promise<Page<Operator>> {
  let query = selectOperators(tx, now)
    .where('operators.archived_at', archived ? 'is not' : 'is', null)
    .limit(limit + 1)
  if (cursor) {
    const { name, id } = afterName(cursor)
    query = query.where(sql<boolean>`(lower(operators.name), operators.id) > (lower(${name}::text), ${id}::uuid)`)
  }
  return toPage(await query.execute(), limit, ({ name, id }) => [name, id])
}

const selectOperators = (tx: Tx, now: Date) =>
  tx.db
    .selectFrom('access.operators as operators')
    .leftJoin('access.presence as presence', (join) =>
      join
        .onRef('presence.workspace_id', '=', 'operators.workspace_id')
        .onRef('presence.operator_id', '=', 'operators.id'),
    )
    .where('operators.workspace_id', '=', tx.workspaceId)
    .select(['operators.id', 'operators.name', 'operators.email', 'operators.role', 'operators.capacity'])
    .select([
      sql<string[]>`array(select team_id from access.team_members
        where team_members.workspace_id = operators.workspace_id and operator_id = operators.id order by team_id)`.as(
        'teamIds',
      ),
      sql<'available' | 'away'>`coalesce(presence.availability, 'available')`.as('availability'),
      sql<boolean>`coalesce(operators.archived_at is null and presence.availability = 'available'
        and presence.seen_at > ${seenSince(now)}, false)`.as('isPresent'),
      sql<boolean>`operators.archived_at is not null`.as('isArchived'),
    ])
    .orderBy(sql`lower(operators.name)`)
    .orderBy('operators.id')

/** Who may be given new conversations now, by id. */
export async function findPresentOperators(
  tx: Tx,
  now: Date,
): Promise<{ id: string; name: string; capacity: number; teamIds: string[] }[]> {
  return tx.db
    .selectFrom('access.presence as presence')
    .innerJoin('access.operators as operators', (join) =>
      join
        .onRef('operators.workspace_id', '=', 'presence.workspace_id')
        .onRef('operators.id', '=', 'presence.operator_id'),
    )
    .where('presence.workspace_id', '=', tx.workspaceId)
    .where('presence.availability', '=', 'available')
    .where('presence.seen_at', '>', seenSince(now))
    .where('operators.archived_at', 'is', null)
    .select(['operators.id', 'operators.name', 'operators.capacity'])
    .select(
      sql<string[]>`array(select team_id from access.team_members
        where team_members.workspace_id = operators.workspace_id and operator_id = operators.id order by team_id)`.as(
        'teamIds',
      ),
    )
    .orderBy('operators.id')
    .execute()
}

/** Names by id, also of those who left. */
export async function findOperatorNames(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, { id: string; name: string }>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('access.operators')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', ids as string[])
    .select(['id', 'name'])
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** Takes the operator's row for this transaction, so that two changes come one after another. */
export async function lockOperator(tx: Tx, id: string) {
  return tx.db
    .selectFrom('access.operators')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .select(['id', 'user_id as userId', 'name', 'role', 'capacity', 'locale', 'archived_at as archivedAt'])
    .forUpdate()
    .executeTakeFirst()
}

/** Ids of all who may manage the workspace. Locked in id order: two who demote each other wait instead of both succeeding. */
export async function lockAdministrators(tx: Tx): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('access.operators')
    .where('workspace_id', '=', tx.workspaceId)
    .where('role', '=', 'administrator')
    .where('archived_at', 'is', null)
    .select('id')
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map(({ id }) => id)
}

/** The administrator who came first. */
export async function findFirstAdministrator(
  tx: Tx,
): Promise<{ id: string; userId: string; email: string } | undefined> {
  return tx.db
    .selectFrom('access.operators')
    .$if(tx.workspaceId !== '', (query) => query.where('workspace_id', '=', tx.workspaceId))
    .where('role', '=', 'administrator')
    .where('archived_at', 'is', null)
    .select(['id', 'user_id as userId', 'email'])
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

/** Writes account, credential, operator and presence; undefined when the e-mail already signs somebody in. */
export async function insertOperator(
  tx: Tx,
  { name, email, role, capacity, passwordHash }: Omit<NewOperator, 'password' | 'teamIds'> & { passwordHash: string },
): Promise<string | undefined> {
  const userId = newId()
  const id = newId()
  const account = await tx.db
    .insertInto('access.users')
    .values({ id: userId, name, email })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (account.numInsertedOrUpdatedRows === 0n) return undefined
  await tx.db
    .insertInto('access.operators')
    .values({ workspace_id: tx.workspaceId, id, user_id: userId, name, email, role, capacity, archived_at: null })
    .execute()
  await tx.db
    .insertInto('access.credentials')
    .values({ userId, accountId: userId, providerId: 'credential', password: passwordHash })
    .execute()
  await tx.db.insertInto('access.presence').values({ workspace_id: tx.workspaceId, operator_id: id }).execute()
  return id
}

export async function updateOperator(
  tx: Tx,
  id: string,
  values: {
    name?: string | undefined
    role?: Operator['role'] | undefined
    capacity?: number | undefined
    locale?: 'ru' | 'en' | undefined
    archived_at?: Date | null | undefined
  },
): Promise<void> {
  if (Object.values(values).every((value) => value === undefined)) return
  await tx.db
    .updateTable('access.operators')
    .set(values)
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()
}

/** The language an operator reads. */
export async function findLocale(tx: Tx, id: string): Promise<'ru' | 'en'> {
  const { locale } = await tx.db
    .selectFrom('access.operators')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .select('locale')
    .executeTakeFirstOrThrow()
  return locale
}
