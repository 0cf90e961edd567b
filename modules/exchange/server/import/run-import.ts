import { interrupted } from './check-import.ts'
import { type ImportContext, takerOf } from './import-context.ts'
import { failing, inStep, NO_ROWS, plus, type Step } from './import-step.ts'
import { updateImport } from './imports.queries.ts'
import { keysOfRow, type RowValues } from './prepare-row.ts'
import { type RowTaker, refused, type Taken } from './row-taker.ts'
import { type DoneRow, findCells, findMadeBy, insertResults } from './rows.queries.ts'

/** After so many rows, each ten times as many as before, the tables are other ones than PostgreSQL knows. */
const GROWN = [1000, 10_000, 100_000, 1_000_000]

/**
 * Job: takes the checked rows in, a batch in one transaction together with its results and the place where the next begins. A process that dies
 * between two batches loses nothing and makes nothing twice. Every row is weighed anew: cards may have changed since the check.
 */
export const runImport =
  (context: ImportContext) =>
  async (workspaceId: string, importId: string, signal?: AbortSignal): Promise<void> =>
    failing(context, workspaceId, importId, async () => {
      for (;;) {
        const moved = await inStep(context, workspaceId, importId, 'running', async (step) => {
          const { tx, one } = step
          const taker = takerOf(context, one.object)
          const rows = await findCells(tx, importId, { after: one.done, limit: taker.batch })
          const last = rows.at(-1)
          if (!last) {
            await updateImport(tx, importId, {
              state: 'done',
              finishedAt: context.platform.now(),
              fileId: null,
              result: one.result ?? NO_ROWS,
            })
            if (one.fileId) await context.platform.files.forget(tx, [one.fileId])
            return null
          }
          const done = await takeRows(step, taker, rows)
          await insertResults(tx, importId, done)
          await updateImport(tx, importId, { done: last.number, result: plus(one.result ?? NO_ROWS, done) })
          return { before: one.done, done: last.number, settle: taker.settle }
        })
        if (!moved) return
        if (GROWN.some((rows) => moved.before < rows && rows <= moved.done)) await moved.settle?.()
        if (signal?.aborted) return interrupted(signal)
      }
    })

interface ReadRow {
  readonly number: number
  readonly values: RowValues
  readonly keys: readonly string[]
}

/** Takes rows in, those with a key that an earlier one of them has in a later round: by then its card is there. */
async function takeRows(
  { tx, one, actor, read }: Step,
  taker: RowTaker,
  rows: readonly { number: number; cells: string[] }[],
): Promise<DoneRow[]> {
  const taken = new Map<number, Taken>()
  const ready: ReadRow[] = []
  for (const { number, cells } of rows) {
    const { values, reasons } = read(cells)
    if (reasons.length > 0) taken.set(number, refused(reasons))
    else ready.push({ number, values, keys: keysOfRow(one.key, values) })
  }
  const how = { importId: one.id, key: one.key, onMatch: one.onMatch, isProven: one.isProven, isDry: false }
  for (const round of roundsOf(ready)) {
    const told = await taker.take(
      tx,
      actor,
      round.map(({ values }) => values),
      how,
    )
    for (const [i, { number }] of round.entries()) taken.set(number, told[i] ?? refused([]))
  }
  const known = [...taken.values()].filter(({ outcome }) => outcome === 'changed' || outcome === 'same')
  const madeBy = await findMadeBy(
    tx,
    one.id,
    known.flatMap(({ id }) => id ?? []),
  )
  for (const [number, { id, outcome }] of taken) if (outcome === 'created' && id) madeBy.set(id, number)
  return rows.map(({ number }) => {
    const { outcome, id, detail } = taken.get(number) ?? refused([])
    const maker = id ? madeBy.get(id) : undefined
    const isJoined = outcome !== 'created' && maker !== undefined
    return {
      number,
      outcome: isJoined ? 'joined' : outcome,
      cardId: id,
      detail: isJoined ? { ...detail, joinedRow: maker } : detail,
    }
  })
}

/** Rows in as few rounds as possible, no two of one round with a common key, each key's rows in their order. */
export function roundsOf<Row extends { readonly keys: readonly string[] }>(rows: readonly Row[]): Row[][] {
  const rounds: Row[][] = []
  const next = new Map<string, number>()
  for (const row of rows) {
    const round = Math.max(0, ...row.keys.map((key) => next.get(key) ?? 0))
    for (const key of row.keys) next.set(key, round + 1)
    const list = rounds[round] ?? []
    list.push(row)
    rounds[round] = list
  }
  return rounds
}
