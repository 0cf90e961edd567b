import { interrupted } from './check-import.ts'
import type { ImportContext } from './import-context.ts'
import { failing } from './import-step.ts'
import { openRun } from './open-run.ts'
import { takeWindows } from './take-windows.ts'

/**
 * Job: takes the checked rows in, window by window, the lanes of a window at the same time and each in one transaction together with its results.
 * A process that dies in between loses nothing and makes nothing twice: rows that have a result are not taken again. Every row is weighed anew: cards
 * may have changed since the check. Rows that were read before somebody of them was erased are read again.
 */
export const runImport =
  (context: ImportContext) =>
  async (workspaceId: string, importId: string, signal?: AbortSignal): Promise<void> =>
    failing(context, workspaceId, importId, async () => {
      for (;;) {
        const run = await openRun(context, workspaceId, importId)
        if (!run) return
        await takeWindows(context, workspaceId, run, signal)
        if (signal?.aborted) return interrupted(signal)
      }
    })
