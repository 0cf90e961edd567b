import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { decodeCursor, foreignCursor, type Page, toPage } from '#platform/shared/page'
import type { ImportRowsQuery, RowResult } from '../../contract/index.ts'
import type { RowDetail, UndoneRow } from './row-detail.ts'

/** One row with what the check says of it. */
export interface CheckedRow {
  readonly number: number
  readonly cells: readonly string[]
  readonly key: string | null
  readonly outcome: RowResult
  readonly detail: RowDetail
}

export async function insertRows(tx: Tx, importId: string, rows: readonly CheckedRow[]): Promise<void> {
  await sql`
    insert into exchange.rows (workspace_id, import_id, number, cells, key, outcome, detail)
    select ${tx.workspaceId}, ${importId}::uuid, number, array(select jsonb_array_elements_text(cells)), key, outcome, detail
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given (number int, cells jsonb, key text, outcome text, detail jsonb)`.execute(tx.db)
}

export const deleteRows = (tx: Tx, importId: string) =>
  tx.db
    .deleteFrom('exchange.rows')
    .where('workspace_id', '=', tx.workspaceId)
    .where('import_id', '=', importId)
    .execute()

/** Rows behind `after`, in their order, with what became of those that are taken in already. */
export const findNextRows = (
  tx: Tx,
  importId: string,
  { after, limit }: { after: number; limit: number },
): Promise<{ number: number; cells: string[]; outcome: RowResult | null; isRemarked: boolean }[]> =>
  tx.db
    .selectFrom('exchange.rows as r')
    .leftJoin('exchange.results as d', (join) =>
      join
        .onRef('d.workspace_id', '=', 'r.workspace_id')
        .onRef('d.import_id', '=', 'r.import_id')
        .onRef('d.number', '=', 'r.number')
        // Said twice: results of a million rows before these are not read through, whatever the plan.
        .on('d.number', '>', after),
    )
    .select(['r.number', 'r.cells', 'd.outcome'])
    .select(sql<boolean>`coalesce(d.detail ? 'remarks', false)`.as('isRemarked'))
    .where('r.workspace_id', '=', tx.workspaceId)
    .where('r.import_id', '=', importId)
    .where('r.number', '>', after)
    .orderBy('r.number')
    .limit(limit)
    .execute()

/** Cards that rows of this stretch made, in the order of the rows. */
export const findMade = (
  tx: Tx,
  importId: string,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<{ number: number; cardId: string | null }[]> =>
  tx.db
    .selectFrom('exchange.results')
    .select(['number', 'card_id as cardId'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('import_id', '=', importId)
    .where('number', '>', after)
    .where('number', '<=', upTo)
    .where('outcome', '=', 'created')
    .orderBy('number')
    .limit(limit)
    .execute()

/** The first rows whose check makes a card with these keys, by key. */
export async function findMakers(tx: Tx, importId: string, keys: readonly string[]): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map()
  const { rows } = await sql<{ key: string; number: number }>`
    select key, min(number) as number from exchange.rows
    where workspace_id = ${tx.workspaceId} and import_id = ${importId}::uuid and key = any(${keys}::text[]) and outcome = 'created'
    group by key`.execute(tx.db)
  return new Map(rows.map(({ key, number }) => [key, number]))
}

/** What became of one row. */
export interface DoneRow {
  readonly number: number
  readonly outcome: RowResult
  readonly cardId: string | null
  readonly detail: RowDetail
}

export async function insertResults(tx: Tx, importId: string, rows: readonly DoneRow[]): Promise<void> {
  await sql`
    insert into exchange.results (workspace_id, import_id, number, outcome, card_id, detail)
    select ${tx.workspaceId}, ${importId}::uuid, number, outcome, "cardId", detail
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given (number int, outcome text, "cardId" uuid, detail jsonb)`.execute(tx.db)
}

/**
 * Rows of this import that made these cards, by card. Asked card by card: while the table grows from nothing, PostgreSQL takes all results of the import
 * for few, and would read them through for each batch.
 */
export async function findMadeBy(tx: Tx, importId: string, cardIds: readonly string[]): Promise<Map<string, number>> {
  if (cardIds.length === 0) return new Map()
  const { rows } = await sql<{ cardId: string; number: number }>`
    select of_card.card_id as "cardId", of_card.number from unnest(${[...new Set(cardIds)]}::uuid[]) as wanted (id)
    cross join lateral (
      select card_id, number, import_id, outcome from exchange.results
      where workspace_id = ${tx.workspaceId} and card_id = wanted.id offset 0
    ) of_card
    where of_card.import_id = ${importId}::uuid and of_card.outcome = 'created'`.execute(tx.db)
  return new Map(rows.map(({ cardId, number }) => [cardId, number]))
}

/** Results before `before` that are to be taken back, the last first. */
export const findTaken = (tx: Tx, importId: string, { limit }: { limit: number }): Promise<DoneRow[]> =>
  tx.db
    .selectFrom('exchange.results')
    .select(['number', 'outcome', 'card_id as cardId', 'detail'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('import_id', '=', importId)
    .where('outcome', 'in', ['created', 'changed', 'joined'])
    .where('undone', 'is', null)
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()

export async function saveUndone(
  tx: Tx,
  importId: string,
  rows: readonly { number: number; undone: UndoneRow }[],
): Promise<void> {
  await sql`
    update exchange.results r set undone = given.undone
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (number int, undone jsonb)
    where r.workspace_id = ${tx.workspaceId} and r.import_id = ${importId}::uuid and r.number = given.number`.execute(
    tx.db,
  )
}

/** How the last taken back row of an import left a card that it put back to what it was; undefined without one. */
export async function findPutBack(
  tx: Tx,
  importId: string,
  cardId: string,
): Promise<NonNullable<UndoneRow['putBack']> | undefined> {
  const { rows } = await sql<{ putBack: NonNullable<UndoneRow['putBack']> }>`
    select undone -> 'putBack' as "putBack" from exchange.results
    where workspace_id = ${tx.workspaceId} and card_id = ${cardId}::uuid and import_id = ${importId}::uuid and undone ? 'putBack'
    order by number limit 1`.execute(tx.db)
  return rows[0]?.putBack
}

/** Companies that rows of people made. */
export async function findMadeCompanies(tx: Tx, importId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct detail -> 'company' ->> 'id' as id from exchange.results
    where workspace_id = ${tx.workspaceId} and import_id = ${importId}::uuid and detail -> 'company' -> 'isNew' = 'true'::jsonb`.execute(
    tx.db,
  )
  return rows.map(({ id }) => id)
}

export interface ShownRow {
  readonly number: number
  readonly cells: string[]
  readonly outcome: RowResult
  readonly detail: RowDetail
  readonly undone: UndoneRow | null
}

/** One page of rows: what became of them, or before that what the check says. @throws Problem `request.cursor` */
export async function findShownRows(
  tx: Tx,
  importId: string,
  { outcome, cursor, limit, isDone }: ImportRowsQuery & { isDone: boolean },
): Promise<Page<ShownRow>> {
  const after = cursor ? decodeCursor(cursor, 1)[0] : 0
  if (!Number.isSafeInteger(after)) throw foreignCursor()
  const told = isDone ? sql.ref('d') : sql.ref('r')
  const which =
    outcome === undefined
      ? sql``
      : outcome === 'left'
        ? sql`and d.undone ->> 'kind' = 'left'`
        : outcome === 'remarked'
          ? sql`and ${told}.detail ? 'remarks'`
          : sql`and ${told}.outcome = ${outcome}`
  const { rows } = await sql<ShownRow>`
    select r.number, r.cells, ${told}.outcome, ${told}.detail, d.undone
    from exchange.rows r ${isDone ? sql`` : sql`left`} join exchange.results d
      on d.workspace_id = r.workspace_id and d.import_id = r.import_id and d.number = r.number
    where r.workspace_id = ${tx.workspaceId} and r.import_id = ${importId}::uuid and r.number > ${after} ${which}
    order by r.number limit ${limit + 1}`.execute(tx.db)
  return toPage(rows, limit, ({ number }) => [number])
}
