import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { SEEN_MS } from './operators.queries.ts'
import './tables.ts'

/** Notes that a window of this operator is open. */
export async function markSeen(tx: Tx, operatorId: string, at: Date): Promise<void> {
  await tx.db
    .updateTable('access.presence')
    .set({ seen_at: sql`greatest(seen_at, ${at})` })
    .where('workspace_id', '=', tx.workspaceId)
    .where('operator_id', '=', operatorId)
    .execute()
}

/** Notes that the windows are closed, unless one was seen after `closedAt`. */
export async function markGone(tx: Tx, operatorId: string, closedAt: Date): Promise<void> {
  await tx.db
    .updateTable('access.presence')
    .set({ seen_at: sql`'-infinity'` })
    .where('workspace_id', '=', tx.workspaceId)
    .where('operator_id', '=', operatorId)
    .where('seen_at', '<=', closedAt)
    .execute()
}

export async function updateAvailability(
  tx: Tx,
  operatorId: string,
  availability: 'available' | 'away',
): Promise<void> {
  await tx.db
    .updateTable('access.presence')
    .set({ availability })
    .where('workspace_id', '=', tx.workspaceId)
    .where('operator_id', '=', operatorId)
    .execute()
}

/** Brings `is_present` up to date; answers the new value when it flipped. */
export async function flipPresence(tx: Tx, operatorId: string, now: Date): Promise<boolean | undefined> {
  const { rows } = await sql<{ isPresent: boolean }>`
    update access.presence set is_present = not is_present
    where workspace_id = ${tx.workspaceId} and operator_id = ${operatorId}
      and is_present <> (availability = 'available' and seen_at > ${new Date(now.getTime() - SEEN_MS)}
        and exists (select from access.operators
          where operators.workspace_id = presence.workspace_id and id = presence.operator_id and archived_at is null))
    returning is_present as "isPresent"`.execute(tx.db)
  return rows[0]?.isPresent
}

/** Operators of all workspaces who are still called present though no window was seen for long. In a `system` transaction. */
export async function findVanished(tx: Tx, now: Date): Promise<{ workspaceId: string; operatorId: string }[]> {
  return tx.db
    .selectFrom('access.presence')
    .where('is_present', '=', true)
    .where('seen_at', '<=', new Date(now.getTime() - SEEN_MS))
    .select(['workspace_id as workspaceId', 'operator_id as operatorId'])
    .orderBy('operator_id')
    .execute()
}
