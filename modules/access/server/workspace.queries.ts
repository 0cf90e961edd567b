import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { newId } from '#platform/shared/ids'
import type { Workspace, WorkspacePatch } from '../contract/index.ts'
import './tables.ts'

/** Any constant: processes that start at the same time make the first workspace one after another. */
const FIRST_START_LOCK = 515_223_901

/** Holds off other first starts until this transaction ends. */
export async function lockFirstStart(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${FIRST_START_LOCK})`.execute(tx.db)
}

/** The oldest workspace, made when there is none. Only in a `system` transaction under `lockFirstStart`. */
export async function findOrInsertWorkspace(tx: Tx, name: string): Promise<string> {
  const existing = await tx.db
    .selectFrom('platform.workspaces')
    .select('id')
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (existing) return existing.id
  const id = newId()
  await tx.db.insertInto('platform.workspaces').values({ id, name }).execute()
  return id
}

export async function findWorkspace(tx: Tx): Promise<Workspace> {
  return tx.db
    .selectFrom('platform.workspaces')
    .where('id', '=', tx.workspaceId)
    .select(['id', 'name', 'locale', 'time_zone as timeZone'])
    .executeTakeFirstOrThrow()
}

export async function updateWorkspace(tx: Tx, { name, locale, timeZone }: WorkspacePatch): Promise<void> {
  const values = { name, locale, time_zone: timeZone }
  if (Object.values(values).every((value) => value === undefined)) return
  await tx.db.updateTable('platform.workspaces').set(values).where('id', '=', tx.workspaceId).execute()
}
