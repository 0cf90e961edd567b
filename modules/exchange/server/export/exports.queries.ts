import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { MadeExport } from '../../contract/exports.ts'

export interface StoredExport extends MadeExport {
  readonly operatorId: string
  readonly order: unknown
}

export async function insertExport(
  tx: Tx,
  made: {
    id: string
    kind: MadeExport['kind']
    order: unknown
    name: string
    operatorId: string
    at: Date
    endsAt: Date
  },
): Promise<void> {
  await tx.db
    .insertInto('exchange.exports')
    .values({
      workspace_id: tx.workspaceId,
      id: made.id,
      kind: made.kind,
      order_of: JSON.stringify(made.order),
      name: made.name,
      total: null,
      size_bytes: null,
      problem: null,
      operator_id: made.operatorId,
      created_at: made.at,
      finished_at: null,
      ends_at: made.endsAt,
    })
    .execute()
}

const columns = [
  'id',
  'kind',
  'name',
  'state',
  'done',
  'total',
  'size_bytes as sizeBytes',
  'problem',
  'created_at as createdAt',
  'ends_at as endsAt',
  'operator_id as operatorId',
  'order_of as order',
] as const

export async function findExport(tx: Tx, id: string): Promise<StoredExport | undefined> {
  return tx.db
    .selectFrom('exchange.exports')
    .select(columns)
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** What an operator asked for lately, newest first. */
export async function listExports(tx: Tx, operatorId: string): Promise<StoredExport[]> {
  return tx.db
    .selectFrom('exchange.exports')
    .select(columns)
    .where('workspace_id', '=', tx.workspaceId)
    .where('operator_id', '=', operatorId)
    .where('state', '<>', 'ended')
    .orderBy('created_at', 'desc')
    .limit(50)
    .execute()
}

export type Progress = Partial<Pick<StoredExport, 'state' | 'done' | 'total' | 'sizeBytes' | 'problem'>> & {
  finishedAt?: Date
}

/** Notes how far an export is. False when it was ended meanwhile. */
export async function saveProgress(
  tx: Tx,
  id: string,
  { sizeBytes, finishedAt, ...progress }: Progress,
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('exchange.exports')
    .set({
      ...progress,
      ...(sizeBytes === undefined ? {} : { size_bytes: sizeBytes }),
      ...(finishedAt ? { finished_at: finishedAt } : {}),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Ends exports whose time is over (or all of a workspace): their orders are emptied. Which ones. */
export async function endExports(
  tx: Tx,
  of: { before: Date } | { workspaceId: string },
): Promise<{ workspaceId: string; id: string }[]> {
  const which = 'before' in of ? sql`ends_at < ${of.before}` : sql`workspace_id = ${of.workspaceId}`
  const { rows } = await sql<{ workspaceId: string; id: string }>`
    update exchange.exports set state = 'ended', order_of = '{}', name = '' where state <> 'ended' and ${which}
    returning workspace_id as "workspaceId", id`.execute(tx.db)
  return rows
}

/** In a system transaction: which of these are orders, of lists or of whole workspaces, whose file is being made or lies ready. */
export async function findWanted(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from exchange.exports where id = any(${ids}::uuid[]) and state in ('waiting', 'running', 'done')
    union all
    select id from exchange.archives where id = any(${ids}::uuid[]) and state in ('waiting', 'running', 'done')`.execute(
    tx.db,
  )
  return new Set(rows.map(({ id }) => id))
}

/** In which moments are written. */
export async function findTimeZone(tx: Tx): Promise<string> {
  const { timeZone } = await tx.db
    .selectFrom('platform.workspaces')
    .select('time_zone as timeZone')
    .where('id', '=', tx.workspaceId)
    .executeTakeFirstOrThrow()
  return timeZone
}
