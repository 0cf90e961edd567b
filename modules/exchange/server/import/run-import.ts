import { interrupted } from './check-import.ts'
import { type ImportContext, takerOf } from './import-context.ts'
import { failing } from './import-step.ts'
import { type DoneWindow, openWindow } from './open-window.ts'
import { readAhead } from './read-window.ts'
import { takeLane } from './take-lane.ts'

/** After so many rows, each ten times as many as before, the tables are other ones than PostgreSQL knows. */
const GROWN = [1000, 10_000, 100_000, 1_000_000]

/**
 * Job: takes the checked rows in, window by window, the lanes of a window at the same time and each in one transaction together with its results,
 * while the next window is read. A process that dies in between loses nothing and makes nothing twice: rows that have a result are not taken again. Every row is weighed anew: cards
 * may have changed since the check.
 */
export const runImport =
  (context: ImportContext) =>
  async (workspaceId: string, importId: string, signal?: AbortSignal): Promise<void> =>
    failing(context, workspaceId, importId, async () => {
      let done: DoneWindow | undefined
      for (;;) {
        const window = await openWindow(context, workspaceId, importId, done)
        if (!window) return
        const { one, last, lanes, known } = window
        // Whatever one lane meets, the others have ended before anything else begins.
        const [next, ...ended] = await Promise.allSettled([
          readAhead(context, workspaceId, importId, window),
          ...lanes.map((lane) => takeLane(context, workspaceId, window, lane)),
        ])
        const outcomes = ended.map((lane) => {
          if (lane.status === 'rejected') throw lane.reason
          return lane.value
        })
        const isWhole = outcomes.every((lane) => lane !== undefined)
        // Whatever the reading ahead met, opening the window meets again and tells.
        const ahead = next.status === 'fulfilled' ? next.value : undefined
        done = isWhole ? { after: one.done, last, outcomes: [...known, ...outcomes.flat()], ahead } : undefined
        if (GROWN.some((rows) => one.done < rows && rows <= last)) await takerOf(context, one.object).settle?.()
        if (signal?.aborted) return interrupted(signal)
      }
    })
