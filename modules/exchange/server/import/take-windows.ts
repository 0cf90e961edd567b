import { countWindow } from './count-window.ts'
import { type ImportContext, takerOf } from './import-context.ts'
import type { CountedRow } from './import-step.ts'
import type { Run } from './open-run.ts'
import { type ReadWindow, readAhead } from './read-window.ts'
import { takeLane } from './take-lane.ts'

/** After so many rows, each ten times as many as before, the tables are other ones than PostgreSQL knows. */
const GROWN = [1000, 10_000, 100_000, 1_000_000]

/** What became of the rows of one lane; undefined when the import is not the one any more whose rows were read. */
type LaneEnd = Promise<CountedRow[] | undefined>

/**
 * Takes in one window after another until no row is left, the process stops, or somebody stops the import or erases one of its people. A lane goes on into
 * the next window when its own rows are in and waits for another one only where rows of both are tied together; the window behind them is read meanwhile. Two
 * windows are under way at most, counted in their order. Whatever one lane meets, nothing is going on any more when this ends.
 */
export async function takeWindows(
  context: ImportContext,
  workspaceId: string,
  { one, first }: Run,
  signal?: AbortSignal,
): Promise<void> {
  let lanes: LaneEnd[] = []
  let counting: Promise<boolean> = Promise.resolve(true)
  let window: ReadWindow | undefined = first
  try {
    while (window && !signal?.aborted) {
      const before = counting
      lanes = startLanes(context, workspaceId, { one, window, before: lanes })
      counting = countWhenIn(context, workspaceId, { importId: one.id, window, lanes, before })
      if (!(await before)) return
      const { after, last } = window
      if (GROWN.some((rows) => after < rows && rows <= last)) {
        await counting
        await takerOf(context, one.object).settle?.()
      }
      window = await readAhead(context, workspaceId, one, window)
    }
    await counting
  } finally {
    await Promise.allSettled([...lanes, counting])
  }
}

/** Every lane begins where the same one of the window before ends. */
const startLanes = (
  context: ImportContext,
  workspaceId: string,
  { one, window, before }: { one: Run['one']; window: ReadWindow; before: readonly LaneEnd[] },
): LaneEnd[] =>
  window.lanes.map(async ({ rows, isBehindAll }, i) => {
    await (isBehindAll ? Promise.all(before) : before[i])
    return rows.length === 0 ? [] : takeLane(context, workspaceId, { one, ...window }, rows)
  })

/** Counts a window when it and those before it are in. False when rows of one of them were not taken in. */
async function countWhenIn(
  context: ImportContext,
  workspaceId: string,
  of: { importId: string; window: ReadWindow; lanes: readonly LaneEnd[]; before: Promise<boolean> },
): Promise<boolean> {
  const ended = await Promise.all(of.lanes)
  if (!(await of.before)) return false
  const rows = ended.filter((lane) => lane !== undefined)
  if (rows.length < ended.length) return false
  await countWindow(context, workspaceId, of.importId, of.window, [...of.window.known, ...rows.flat()])
  return true
}
