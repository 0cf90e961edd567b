import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { type Page, type PageQuery, toPage } from '#platform/shared/page'
import type { ApiKey } from '../contract/index.ts'
import { afterId } from './after-cursor.ts'
import './tables.ts'

/** Marks the key that comes from OKNO_API_KEY. */
const FIXED = 'environment'

const selectKeys = (tx: Tx, operatorId: string) =>
  tx.db
    .selectFrom('access.api_keys as keys')
    .innerJoin('access.operators as operators', 'operators.user_id', 'keys.referenceId')
    .where('operators.workspace_id', '=', tx.workspaceId)
    .where('operators.id', '=', operatorId)
    .select([
      'keys.id',
      sql<string>`coalesce(keys.name, '')`.as('name'),
      sql<string>`coalesce(keys.start, '')`.as('start'),
      'keys.createdAt',
      'keys.lastRequest as lastUsedAt',
      sql<boolean>`keys."configId" = ${FIXED}`.as('isFixed'),
      'keys.tools',
    ])

/** One page of an operator's keys, the newest first. */
export async function findKeyPage(
  tx: Tx,
  { operatorId, cursor, limit }: PageQuery & { operatorId: string },
): Promise<Page<ApiKey>> {
  let query = selectKeys(tx, operatorId)
    .orderBy('keys.id', 'desc')
    .limit(limit + 1)
  if (cursor) query = query.where('keys.id', '<', afterId(cursor))
  return toPage(await query.execute(), limit, ({ id }) => [id])
}

export async function findKey(
  tx: Tx,
  { id, operatorId }: { id: string; operatorId: string },
): Promise<ApiKey | undefined> {
  return selectKeys(tx, operatorId).where('keys.id', '=', id).executeTakeFirst()
}

/** Makes a key one for these tools and nothing else. */
export async function limitKey(tx: Tx, id: string, tools: readonly string[]): Promise<void> {
  await tx.db
    .updateTable('access.api_keys')
    .set({ tools: [...tools] })
    .where('id', '=', id)
    .execute()
}

export async function deleteKey(tx: Tx, id: string): Promise<void> {
  await tx.db.deleteFrom('access.api_keys').where('id', '=', id).execute()
}

export async function deleteKeysOfUser(tx: Tx, userId: string): Promise<void> {
  await tx.db.deleteFrom('access.api_keys').where('referenceId', '=', userId).execute()
}

/** Notes that a key was used. In a `system` transaction. */
export async function touchKey(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.db.updateTable('access.api_keys').set({ lastRequest: at }).where('id', '=', id).execute()
}

/** Makes `fixed` the only key from the environment; undefined leaves none. In a `system` transaction. */
export async function replaceFixedKey(tx: Tx, fixed: { userId: string; hash: string } | undefined): Promise<void> {
  let old = tx.db.deleteFrom('access.api_keys').where('configId', '=', FIXED)
  if (fixed) old = old.where((or) => or.or([or('key', '<>', fixed.hash), or('referenceId', '<>', fixed.userId)]))
  await old.execute()
  if (!fixed) return
  await tx.db
    .insertInto('access.api_keys')
    .values({
      configId: FIXED,
      name: 'OKNO_API_KEY',
      start: null,
      key: fixed.hash,
      referenceId: fixed.userId,
      lastRequest: null,
      expiresAt: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
