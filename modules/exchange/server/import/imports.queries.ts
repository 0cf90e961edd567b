import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { isUuid } from '#platform/shared/ids'
import { decodeCursor, foreignCursor, type Page, type PageQuery, toPage } from '#platform/shared/page'
import type { ImportColumn, ImportCounts, ImportReading, ImportState, UndoCounts } from '../../contract/index.ts'
import type { KnownHeading } from './suggest-mapping.ts'

/** A column with what a check found out about it. */
export interface StoredColumn extends ImportColumn {
  /** Names of operators in it that nobody here has. */
  readonly unknown?: readonly string[]
}

/** An import as it is stored. */
export interface StoredImport {
  readonly id: string
  readonly object: string
  readonly fileId: string | null
  readonly fileName: string
  readonly sizeBytes: number
  readonly state: ImportState
  readonly reading: ImportReading
  readonly preset: string | null
  readonly columns: StoredColumn[]
  readonly key: string | null
  readonly onMatch: 'update' | 'fill' | 'skip'
  readonly isProven: boolean
  /** Who is meant by names in it that nobody here has. */
  readonly othersOperatorId: string | null
  readonly expected: ImportCounts | null
  readonly result: ImportCounts | null
  readonly undo: UndoCounts | null
  readonly done: number
  /** Up to this row search knows the cards that were made; null = it knows them at once. */
  readonly searched: number | null
  readonly total: number | null
  readonly problem: { code: string; params: Record<string, unknown> } | null
  readonly operatorId: string | null
  readonly operatorName: string
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  /** How often somebody in it was erased: what was read before is not taken in after. */
  readonly erasures: number
}

/** Counts of before there were remarks lack them. */
const countsOf = (column: 'expected' | 'result') =>
  sql<ImportCounts | null>`'{"remarked": 0}'::jsonb || ${sql.ref(column)}`.as(column)

const columns = [
  'id',
  'object',
  'file_id as fileId',
  'file_name as fileName',
  'size_bytes as sizeBytes',
  'state',
  'reading',
  'preset',
  'columns',
  'key',
  'on_match as onMatch',
  'is_proven as isProven',
  'others_operator_id as othersOperatorId',
  countsOf('expected'),
  countsOf('result'),
  'undo',
  'done',
  'searched',
  'total',
  'problem',
  'operator_id as operatorId',
  'operator_name as operatorName',
  'created_at as createdAt',
  'started_at as startedAt',
  'finished_at as finishedAt',
  'erasures',
] as const

export async function insertImport(
  tx: Tx,
  one: Pick<
    StoredImport,
    | 'id'
    | 'object'
    | 'fileId'
    | 'fileName'
    | 'sizeBytes'
    | 'reading'
    | 'preset'
    | 'columns'
    | 'key'
    | 'operatorId'
    | 'operatorName'
    | 'createdAt'
  >,
): Promise<void> {
  await tx.db
    .insertInto('exchange.imports')
    .values({
      workspace_id: tx.workspaceId,
      id: one.id,
      object: one.object,
      file_id: one.fileId,
      file_name: one.fileName,
      size_bytes: one.sizeBytes,
      reading: JSON.stringify(one.reading),
      preset: one.preset,
      columns: JSON.stringify(one.columns),
      key: one.key,
      operator_id: one.operatorId,
      operator_name: one.operatorName,
      created_at: one.createdAt,
      expected: null,
      result: null,
      undo: null,
      searched: null,
      total: null,
      problem: null,
      started_at: null,
      finished_at: null,
    })
    .execute()
}

const json = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value))

/** Changes what is given, leaves the rest. */
export async function updateImport(tx: Tx, id: string, change: Partial<StoredImport>): Promise<void> {
  const given = Object.entries({
    state: change.state,
    file_id: change.fileId,
    reading: change.reading && JSON.stringify(change.reading),
    preset: change.preset,
    columns: change.columns && JSON.stringify(change.columns),
    key: change.key,
    on_match: change.onMatch,
    is_proven: change.isProven,
    others_operator_id: change.othersOperatorId,
    expected: 'expected' in change ? json(change.expected) : undefined,
    result: 'result' in change ? json(change.result) : undefined,
    undo: 'undo' in change ? json(change.undo) : undefined,
    done: change.done,
    searched: change.searched,
    total: change.total,
    problem: 'problem' in change ? json(change.problem) : undefined,
    operator_id: change.operatorId,
    operator_name: change.operatorName,
    started_at: change.startedAt,
    finished_at: change.finishedAt,
  }).filter(([, value]) => value !== undefined)
  await tx.db
    .updateTable('exchange.imports')
    .set(Object.fromEntries(given))
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()
}

export const findImport = (tx: Tx, id: string): Promise<StoredImport | undefined> =>
  tx.db
    .selectFrom('exchange.imports')
    .select(columns)
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()

/** An import that nobody else changes until the transaction ends. */
export const lockImport = (tx: Tx, id: string): Promise<StoredImport | undefined> =>
  tx.db
    .selectFrom('exchange.imports')
    .select(columns)
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()

/** What rows are read for: as long as it is the same, they may go in. */
type Run = Pick<StoredImport, 'id' | 'startedAt' | 'erasures'>

/** Whether nobody in the import was erased since it was read, and it was not started again. */
export const isSameRun = (run: Run, now: Run | undefined): boolean =>
  now?.erasures === run.erasures && now.startedAt?.getTime() === run.startedAt?.getTime()

/** The lock of an import whose id this is, as a number. */
const lockOf = (id: RawBuilder<unknown>) => sql`hashtextextended('import ' || ${id}, 0)`

/**
 * Nobody in this import is erased until the transaction ends. False when it is not the same run any more. A lock in a queue, not
 * of the row: lanes hold it one over the other, and whoever erases would never get a row that always one of them holds.
 */
export async function holdImport(tx: Tx, run: Run): Promise<boolean> {
  await sql`select pg_advisory_xact_lock_shared(${lockOf(sql`${run.id}::uuid`)})`.execute(tx.db)
  return isSameRun(run, await findImport(tx, run.id))
}

/** Waits for the rows of imports that are on their way, and lets no others begin until the transaction ends. Locked in one order. */
export async function keepImportsOut(tx: Tx): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(${lockOf(sql`id`)}) from (
      select id from exchange.imports where workspace_id = ${tx.workspaceId} and state not in ('done', 'undone') order by id
    ) as open`.execute(tx.db)
}

/** One page of imports, the newest first. @throws Problem `request.cursor` */
export async function findImports(tx: Tx, { cursor, limit }: PageQuery): Promise<Page<StoredImport>> {
  let query = tx.db
    .selectFrom('exchange.imports')
    .select(columns)
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (cursor) {
    const id = String(decodeCursor(cursor, 1)[0])
    if (!isUuid(id)) throw foreignCursor()
    query = query.where('id', '<', id)
  }
  return toPage(await query.execute(), limit, ({ id }) => [id])
}

/** What this workspace did with headings before, by their form. */
export async function findHeadings(
  tx: Tx,
  object: string,
  forms: readonly string[],
): Promise<Map<string, KnownHeading>> {
  if (forms.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('exchange.known_headings')
    .select(['heading', 'target', 'dates'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('object', '=', object)
    .where('heading', 'in', [...forms])
    .execute()
  return new Map(rows.map(({ heading, ...known }) => [heading, known]))
}

export async function saveHeadings(tx: Tx, object: string, known: ReadonlyMap<string, KnownHeading>): Promise<void> {
  if (known.size === 0) return
  await tx.db
    .insertInto('exchange.known_headings')
    .values(
      [...known].map(([heading, { target, dates }]) => ({
        workspace_id: tx.workspaceId,
        object,
        heading,
        target,
        dates,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'object', 'heading'])
        .doUpdateSet((row) => ({ target: row.ref('excluded.target'), dates: row.ref('excluded.dates') })),
    )
    .execute()
}

/** Workspaces with imports that began before that time. */
export async function findWorkspacesBefore(tx: Tx, before: Date): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('exchange.imports')
    .select('workspace_id')
    .distinct()
    .where('created_at', '<', before)
    .execute()
  return rows.map(({ workspace_id }) => workspace_id)
}

/** Forgets imports that began before that time, with their rows. The files that they still had. */
export async function deleteImportsBefore(tx: Tx, before: Date): Promise<string[]> {
  const rows = await tx.db
    .deleteFrom('exchange.imports')
    .where('workspace_id', '=', tx.workspaceId)
    .where('created_at', '<', before)
    .returning('file_id')
    .execute()
  return rows.flatMap(({ file_id }) => file_id ?? [])
}
