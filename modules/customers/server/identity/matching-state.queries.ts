import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { currentCursor, SETTLED_BEFORE } from '#platform/server/events.queries'
import type { MatchingSettings, Scan } from '../../contract/identity.ts'
import type { Model } from './match/model.ts'

export interface MatchingState extends MatchingSettings {
  readonly model: Model | null
  readonly learnedAt: Date | null
  readonly cursor: string | null
  readonly scan: Scan | null
  /** Changed cards are compared no sooner: a long list comes in. */
  readonly heldUntil: Date | null
}

const FRESH: MatchingState = {
  auto: 0.99,
  review: 0.6,
  joinsByItself: true,
  model: null,
  learnedAt: null,
  cursor: null,
  scan: null,
  heldUntil: null,
}

export async function findMatching(tx: Tx): Promise<MatchingState> {
  const row = await tx.db
    .selectFrom('customers.matching')
    .select([
      'auto',
      'review',
      'joins_by_itself as joinsByItself',
      'model',
      'learned_at as learnedAt',
      'cursor',
      'scan',
      'held_until as heldUntil',
    ])
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirst()
  return row ?? FRESH
}

/** Changes what is given, leaves the rest. */
export async function saveMatching(tx: Tx, change: Partial<MatchingState>): Promise<void> {
  const { joinsByItself, learnedAt, model, scan, heldUntil, ...plain } = change
  const row = {
    ...plain,
    ...(joinsByItself === undefined ? {} : { joins_by_itself: joinsByItself }),
    ...(learnedAt === undefined ? {} : { learned_at: learnedAt }),
    ...(model === undefined ? {} : { model: model && JSON.stringify(model) }),
    ...(heldUntil === undefined ? {} : { held_until: heldUntil }),
    ...(scan === undefined ? {} : { scan: scan && JSON.stringify(scan) }),
  }
  await tx.db
    .insertInto('customers.matching')
    .values({ workspace_id: tx.workspaceId, ...row })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(row))
    .execute()
}

/** How far a scan came, unless somebody stopped it or began another meanwhile: then false. */
export async function saveScanStep(tx: Tx, scan: Scan): Promise<boolean> {
  const { numAffectedRows } = await sql`update customers.matching set scan = ${JSON.stringify(scan)}::jsonb
    where workspace_id = ${tx.workspaceId} and scan ->> 'state' = 'running' and scan ->> 'startedAt' = ${scan.startedAt}`.execute(
    tx.db,
  )
  return numAffectedRows === 1n
}

/** Stops a scan that runs. */
export async function stopScan(tx: Tx, at: Date): Promise<void> {
  await sql`
    update customers.matching set scan = scan || ${JSON.stringify({ state: 'stopped', endedAt: at.toISOString() })}::jsonb
    where workspace_id = ${tx.workspaceId} and scan ->> 'state' = 'running'`.execute(tx.db)
}

/** Cards that changed since the cursor, at most `limit` of their events, and where to go on. */
export async function readChanges(
  tx: Tx,
  after: string | null,
  limit: number,
): Promise<{ ids: string[]; cursor: string; isEnd: boolean }> {
  const [xid = '0', seq = '0'] = (after ?? '0-0').split('-')
  const now = await currentCursor(tx)
  const { rows } = await sql<{ id: string; xid: string; seq: number }>`
    select data ->> 'personId' as id, xid::text as xid, seq from platform.events
    where workspace_id = ${tx.workspaceId} and (xid, seq) > (${xid}::xid8, ${seq}::bigint)
      and xid < ${SETTLED_BEFORE} and name in ('customers.person_created', 'customers.person_changed')
    order by xid, seq limit ${limit}`.execute(tx.db)
  const last = rows.at(-1)
  return {
    ids: [...new Set(rows.map(({ id }) => id))],
    // Behind the last change nothing else is of interest, so what came since need not be looked through again.
    cursor: last && rows.length === limit ? `${last.xid}-${last.seq}` : now,
    isEnd: rows.length < limit,
  }
}

export async function findWorkspaces(tx: Tx): Promise<string[]> {
  const rows = await tx.db.selectFrom('platform.workspaces').select('id').execute()
  return rows.map(({ id }) => id)
}

/** Workspaces in which a card changed since the cursor. */
export async function findChangedWorkspaces(tx: Tx, after: string): Promise<string[]> {
  const [xid = '0', seq = '0'] = after.split('-')
  const { rows } = await sql<{ id: string }>`
    select distinct workspace_id as id from platform.events
    where (xid, seq) > (${xid}::xid8, ${seq}::bigint) and name in ('customers.person_created', 'customers.person_changed')`.execute(
    tx.db,
  )
  return rows.map(({ id }) => id)
}
