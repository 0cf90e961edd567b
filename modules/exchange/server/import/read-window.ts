import type { Tx } from '#platform/server/database'
import type { Actor } from '#platform/shared/actor'
import { type ImportContext, takerOf } from './import-context.ts'
import { type CountedRow, stepOf } from './import-step.ts'
import { findImport, isSameRun, type StoredImport } from './imports.queries.ts'
import { type Lane, lanesOf } from './lanes.ts'
import { keysOfRow, type PreparedRow } from './prepare-row.ts'
import type { TakeHow } from './row-taker.ts'
import { findNextRows } from './rows.queries.ts'

/** Stretches of rows that go at the same time: one for each core of the smallest machine that Okno is made for. */
const LANES = 2

/** One row of a window, read. Rows with a common key may mean the same card, those with a common touch anything else that both write. */
export interface ReadRow extends PreparedRow {
  readonly number: number
  readonly keys: readonly string[]
  readonly touches: readonly string[]
}

/** The next stretch of rows, read and divided into lanes. */
export interface ReadWindow {
  readonly actor: Actor
  /** The row before its first. */
  readonly after: number
  readonly last: number
  /** What became of rows of the window before a process died in the middle of it. */
  readonly known: readonly CountedRow[]
  readonly how: TakeHow
  readonly lanes: readonly Lane<ReadRow>[]
}

/** A window whose rows are on their way while the one behind it is read. */
type OnItsWay = Pick<ReadWindow, 'last' | 'lanes'>

/**
 * Reads the window behind one whose rows are still going in; changes nothing and waits for nobody. Undefined when there is none, and when the import was stopped
 * or is not the same run any more.
 */
export const readAhead = (
  context: ImportContext,
  workspaceId: string,
  run: StoredImport,
  before: OnItsWay,
): Promise<ReadWindow | undefined> =>
  context.platform.transaction(workspaceId, async (tx) => {
    const one = await findImport(tx, run.id)
    if (one?.state !== 'running' || !isSameRun(run, one)) return undefined
    return readWindow(context, tx, { ...one, done: before.last }, before)
  })

/**
 * Reads the rows behind those that are done and divides them into lanes, as the operator who started the import and with the rights that they have now.
 * Undefined when all rows are in. @throws Problem as `describeImported`
 */
export async function readWindow(
  context: ImportContext,
  tx: Tx,
  one: StoredImport,
  before?: OnItsWay,
): Promise<ReadWindow | undefined> {
  const { many, batch } = takerOf(context, one.object)
  const rows = await findNextRows(tx, one.id, { after: one.done, limit: many ? batch * LANES : batch })
  const last = rows.at(-1)?.number
  if (last === undefined) return undefined
  const { read, actor } = await stepOf(context, tx, one)
  const how = { importId: one.id, key: one.key, onMatch: one.onMatch, isProven: one.isProven, isDry: false }
  const fresh = rows
    .filter(({ outcome }) => outcome === null)
    .map(({ number, cells }) => {
      const prepared = read(cells)
      return { number, ...prepared, keys: prepared.reasons.length > 0 ? [] : keysOfRow(one.key, prepared.values) }
    })
  const refused = fresh.filter(({ reasons }) => reasons.length > 0).map((row) => ({ ...row, touches: [] }))
  const taken = fresh.filter(({ reasons }) => reasons.length === 0)
  const touches = many
    ? await many.touches(
        tx,
        taken.map(({ values }) => values),
        how,
      )
    : []
  const ready = taken.map((row, i) => ({ ...row, touches: [...row.keys, ...(touches[i] ?? [])] }))
  // Refused rows cost next to nothing: lanes are about equally long without them.
  const [first, ...others] = lanesOf(ready, many ? LANES : 1, before?.lanes)
  return {
    actor,
    after: one.done,
    last,
    known: rows.flatMap(({ outcome, isRemarked }) => (outcome ? [{ outcome, isRemarked }] : [])),
    how,
    lanes: first ? [{ ...first, rows: [...first.rows, ...refused] }, ...others] : [],
  }
}
