import type { Tx } from '#platform/server/database'
import { type Page, type PageQuery, toPage } from '#platform/shared/page'
import type { Session } from '../contract/index.ts'
import { afterId } from './after-cursor.ts'
import './tables.ts'

const selectSessions = (tx: Tx, { operatorId, now }: { operatorId: string; now: Date }) =>
  tx.db
    .selectFrom('access.sessions as sessions')
    .innerJoin('access.operators as operators', 'operators.user_id', 'sessions.userId')
    .where('operators.workspace_id', '=', tx.workspaceId)
    .where('operators.id', '=', operatorId)
    .where('sessions.expiresAt', '>', now)
    .select([
      'sessions.id',
      'sessions.userAgent as device',
      'sessions.ipAddress as address',
      'sessions.createdAt',
      'sessions.updatedAt as lastUsedAt',
    ])

/** One page of the sessions that an operator has now, the newest first. */
export async function findSessionPage(
  tx: Tx,
  { operatorId, now, cursor, limit }: PageQuery & { operatorId: string; now: Date },
): Promise<Page<Omit<Session, 'isCurrent'>>> {
  let query = selectSessions(tx, { operatorId, now })
    .orderBy('sessions.id', 'desc')
    .limit(limit + 1)
  if (cursor) query = query.where('sessions.id', '<', afterId(cursor))
  return toPage(await query.execute(), limit, ({ id }) => [id])
}

/** Ends a session of this operator; false when they have no such session. */
export async function deleteSession(
  tx: Tx,
  { id, operatorId, now }: { id: string; operatorId: string; now: Date },
): Promise<boolean> {
  const found = await selectSessions(tx, { operatorId, now }).where('sessions.id', '=', id).executeTakeFirst()
  if (found) await tx.db.deleteFrom('access.sessions').where('id', '=', id).execute()
  return found !== undefined
}
