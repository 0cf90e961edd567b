import { enqueue } from '#platform/server/jobs'
import { importMoved } from '../../contract/index.ts'
import { type ImportContext, takerOf } from './import-context.ts'
import { importJobs } from './import-jobs.ts'
import { type CountedRow, NO_ROWS, plus, type Step, stepOf } from './import-step.ts'
import { formOf, lockImport, type StoredImport, updateImport } from './imports.queries.ts'
import { lanesOf } from './lanes.ts'
import { AUDIENCE, queueOf } from './move-import.ts'
import { keysOfRow, type PreparedRow } from './prepare-row.ts'
import type { TakeHow } from './row-taker.ts'
import { findNextRows } from './rows.queries.ts'

/** Stretches of rows that go at the same time: one for each core of the smallest machine that Okno is made for. */
const LANES = 2
/** Search is told of new cards when nobody waits for anything else of imports. */
const BEHIND = { priority: 10 }

/** One row of a window, read. Rows with a common key may mean the same card, those with a common touch anything else that both write. */
export interface ReadRow extends PreparedRow {
  readonly number: number
  readonly keys: readonly string[]
  readonly touches: readonly string[]
}

/** A stretch of rows whose lanes are taken in at the same time, each in a transaction of its own. */
export interface Window extends Omit<Step, 'tx'> {
  /** The form of the import's row that the lanes may work by: as soon as somebody stops it or erases one of its people, it has another. */
  readonly form: string
  readonly last: number
  /** What became of rows of the window before a process died in the middle of it. */
  readonly known: readonly CountedRow[]
  readonly how: TakeHow
  readonly lanes: readonly (readonly ReadRow[])[]
}

/** A window whose rows are all in. */
export interface DoneWindow {
  /** The row before its first. */
  readonly after: number
  readonly last: number
  readonly outcomes: readonly CountedRow[]
}

/**
 * Counts what the window before did, and opens the next: reads its rows and divides them into lanes. Undefined when there is none: all rows are in,
 * somebody stopped the import, or another process goes on with it.
 */
export const openWindow = (
  context: ImportContext,
  workspaceId: string,
  importId: string,
  done: DoneWindow | undefined,
): Promise<Window | undefined> =>
  context.platform.transaction(workspaceId, async (tx) => {
    const { platform } = context
    const stored = await lockImport(tx, importId)
    if (!stored) return undefined
    const one = counted(stored, done)
    const counts = { done: one.done, result: one.result }
    if (one.state !== 'running') {
      await updateImport(tx, importId, counts)
      return undefined
    }
    const step = await stepOf(context, tx, one)
    await platform.events.publish(tx, step.actor, importMoved, { importId }, { audience: AUDIENCE })
    const taker = takerOf(context, one.object)
    const { many, batch } = taker
    const rows = await findNextRows(tx, importId, { after: one.done, limit: many ? batch * LANES : batch })
    const last = rows.at(-1)
    await many?.putOff(tx, platform.now(), last === undefined)
    if (many) enqueue(tx, importJobs.search, { importId }, { queue: queueOf(tx), key: `search ${importId}`, ...BEHIND })
    if (!last) {
      const over = { state: 'done', finishedAt: platform.now(), fileId: null } as const
      await updateImport(tx, importId, { ...counts, ...over })
      if (one.fileId) await platform.files.forget(tx, [one.fileId])
      return undefined
    }
    await updateImport(tx, importId, { ...counts, ...(many ? { searched: one.searched ?? 0 } : {}) })
    const how = { importId, key: one.key, onMatch: one.onMatch, isProven: one.isProven, isDry: false }
    const read = rows
      .filter(({ outcome }) => outcome === null)
      .map(({ number, cells }) => {
        const prepared = step.read(cells)
        return { number, ...prepared, keys: prepared.reasons.length > 0 ? [] : keysOfRow(one.key, prepared.values) }
      })
    const touches = many
      ? await many.touches(
          tx,
          read.map(({ values }) => values),
          how,
        )
      : []
    const ready = read.map((row, i) => ({ ...row, touches: [...row.keys, ...(touches[i] ?? [])] }))
    return {
      ...step,
      form: await formOf(tx, importId),
      last: last.number,
      known: rows.flatMap(({ outcome, isRemarked }) => (outcome ? [{ outcome, isRemarked }] : [])),
      how,
      lanes: many ? lanesOf(ready, LANES) : [ready],
    }
  })

/** An import with what a window did; one that has gone on from elsewhere since has counted it already. */
const counted = (one: StoredImport, done: DoneWindow | undefined): StoredImport => {
  const result = one.result ?? NO_ROWS
  return done && one.done === done.after
    ? { ...one, done: done.last, result: plus(result, done.outcomes) }
    : { ...one, result }
}
