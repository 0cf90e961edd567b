import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { Archive } from '../../contract/archives.ts'
import './tables.ts'

export interface StoredArchive extends Omit<Archive, 'secondsLeft' | 'operator' | 'can'> {
  readonly operatorId: string
  readonly startedAt: Date | null
}

/** False when one of this workspace is being made already. */
export async function insertArchive(
  tx: Tx,
  made: { id: string; name: string; operatorId: string; at: Date; endsAt: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('exchange.archives')
    .values({
      workspace_id: tx.workspaceId,
      id: made.id,
      name: made.name,
      total: null,
      size_bytes: null,
      problem: null,
      operator_id: made.operatorId,
      created_at: made.at,
      started_at: null,
      heard_at: made.at,
      finished_at: null,
      ends_at: made.endsAt,
      taken_at: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id']).where(sql`state`, 'in', sql`('waiting', 'running')`).doNothing(),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

const selectArchives = (tx: Tx) =>
  tx.db
    .selectFrom('exchange.archives')
    .where('workspace_id', '=', tx.workspaceId)
    .select([
      'id',
      'name',
      'state',
      'done',
      'total',
      'size_bytes as sizeBytes',
      'problem',
      'operator_id as operatorId',
      'created_at as createdAt',
      'started_at as startedAt',
      'finished_at as finishedAt',
      'ends_at as endsAt',
      'taken_at as takenAt',
    ])

export const findArchive = (tx: Tx, id: string): Promise<StoredArchive | undefined> =>
  selectArchives(tx).where('id', '=', id).executeTakeFirst()

/** The latest ones, newest first: also those whose file is gone. */
export const listArchives = (tx: Tx, limit: number): Promise<StoredArchive[]> =>
  selectArchives(tx).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()

export interface ArchiveProgress {
  readonly state?: 'running' | 'done' | 'failed'
  readonly done?: number
  readonly total?: number | null
  readonly sizeBytes?: number
  readonly problem?: string
  readonly startedAt?: Date
  readonly finishedAt?: Date
  readonly endsAt?: Date
}

/** Notes how far an archive is. False when it was ended meanwhile. */
export async function saveArchive(
  tx: Tx,
  id: string,
  { sizeBytes, startedAt, finishedAt, endsAt, ...progress }: ArchiveProgress,
  heardAt: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('exchange.archives')
    .set({
      ...progress,
      heard_at: heardAt,
      ...(sizeBytes === undefined ? {} : { size_bytes: sizeBytes }),
      ...(startedAt ? { started_at: startedAt } : {}),
      ...(finishedAt ? { finished_at: finishedAt } : {}),
      ...(endsAt ? { ends_at: endsAt } : {}),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function noteTaken(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.db
    .updateTable('exchange.archives')
    .set({ taken_at: at })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()
}

/** Ends archives whose time is over, all of a workspace, or one. Which ones: their files are to be removed. */
export async function endArchives(
  tx: Tx,
  of: { before: Date } | { workspaceId: string; id?: string },
): Promise<{ workspaceId: string; id: string }[]> {
  const which =
    'before' in of
      ? sql`ends_at < ${of.before}`
      : sql`workspace_id = ${of.workspaceId} ${of.id ? sql`and id = ${of.id}` : sql``}`
  const { rows } = await sql<{ workspaceId: string; id: string }>`
    update exchange.archives set state = 'ended' where state <> 'ended' and ${which}
    returning workspace_id as "workspaceId", id`.execute(tx.db)
  return rows
}

/** In a system transaction: says of archives that nobody has been heard of for a while that they failed. Which ones. */
export async function failSilent(
  tx: Tx,
  { before, problem, at }: { before: Date; problem: string; at: Date },
): Promise<{ workspaceId: string; id: string }[]> {
  const { rows } = await sql<{ workspaceId: string; id: string }>`
    update exchange.archives set state = 'failed', problem = ${problem}, finished_at = ${at}
    where state = 'running' and heard_at < ${before}
    returning workspace_id as "workspaceId", id`.execute(tx.db)
  return rows
}
