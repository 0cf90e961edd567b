import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { Role } from '#platform/shared/actor'
import './tables.ts'

/** Who an account is in its workspace. */
export interface ActorRow {
  workspaceId: string
  operatorId: string
  userId: string
  name: string
  role: Role
  teamIds: string[]
  /** Of a key that is for tools only. */
  onlyTools?: string[] | null
}

const selectActors = (tx: Tx) =>
  tx.db
    .selectFrom('access.operators as operators')
    .where('operators.archived_at', 'is', null)
    .select([
      'operators.workspace_id as workspaceId',
      'operators.id as operatorId',
      'operators.user_id as userId',
      'operators.name',
      'operators.role',
      sql<string[]>`array(select team_id from access.team_members
        where team_members.workspace_id = operators.workspace_id and operator_id = operators.id order by team_id)`.as(
        'teamIds',
      ),
    ])

/** The operator whom this account signs in; undefined for one who left. In a `system` transaction. */
export async function findActorOfUser(tx: Tx, userId: string): Promise<ActorRow | undefined> {
  return selectActors(tx).where('operators.user_id', '=', userId).executeTakeFirst()
}

/** The operator as one who acts; undefined for one who left. */
export async function findActor(tx: Tx, operatorId: string): Promise<ActorRow | undefined> {
  return selectActors(tx)
    .where('operators.workspace_id', '=', tx.workspaceId)
    .where('operators.id', '=', operatorId)
    .executeTakeFirst()
}

/** The operator for whom a key acts, by the key's hash; undefined for keys that do not work. In a `system` transaction. */
export async function findActorOfKey(
  tx: Tx,
  { hash, now }: { hash: string; now: Date },
): Promise<(ActorRow & { keyId: string; lastUsedAt: Date | null }) | undefined> {
  return selectActors(tx)
    .innerJoin('access.api_keys as keys', 'keys.referenceId', 'operators.user_id')
    .where('keys.key', '=', hash)
    .where('keys.enabled', '=', true)
    .where((or) => or.or([or('keys.expiresAt', 'is', null), or('keys.expiresAt', '>', now)]))
    .select(['keys.id as keyId', 'keys.lastRequest as lastUsedAt', 'keys.tools as onlyTools'])
    .executeTakeFirst()
}

export async function hasTwoFactor(tx: Tx, operatorId: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('access.operators as operators')
    .innerJoin('access.users as users', 'users.id', 'operators.user_id')
    .where('operators.workspace_id', '=', tx.workspaceId)
    .where('operators.id', '=', operatorId)
    .select('users.twoFactorEnabled')
    .executeTakeFirst()
  return row?.twoFactorEnabled ?? false
}

export async function renameAccount(tx: Tx, userId: string, name: string): Promise<void> {
  await tx.db.updateTable('access.users').set({ name, updatedAt: sql`now()` }).where('id', '=', userId).execute()
}

export async function updatePassword(tx: Tx, userId: string, passwordHash: string): Promise<void> {
  await tx.db
    .updateTable('access.credentials')
    .set({ password: passwordHash, updatedAt: sql`now()` })
    .where('userId', '=', userId)
    .where('providerId', '=', 'credential')
    .execute()
}

/** Hash of the password by which an operator signs in. In a `system` transaction: nobody else may read it. */
export async function findPasswordOf(tx: Tx, workspaceId: string, operatorId: string): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('access.operators as operators')
    .innerJoin('access.credentials as credentials', 'credentials.userId', 'operators.user_id')
    .where('operators.workspace_id', '=', workspaceId)
    .where('operators.id', '=', operatorId)
    .where('operators.archived_at', 'is', null)
    .where('credentials.providerId', '=', 'credential')
    .select('credentials.password')
    .executeTakeFirst()
  return row?.password ?? undefined
}

/** Turns the second factor off. */
export async function deleteTwoFactor(tx: Tx, userId: string): Promise<void> {
  await tx.db.deleteFrom('access.two_factors').where('userId', '=', userId).execute()
  await tx.db
    .updateTable('access.users')
    .set({ twoFactorEnabled: false, updatedAt: sql`now()` })
    .where('id', '=', userId)
    .execute()
}

/** Signs the account out everywhere. */
export async function deleteSessions(tx: Tx, userId: string): Promise<void> {
  await tx.db.deleteFrom('access.sessions').where('userId', '=', userId).execute()
}
