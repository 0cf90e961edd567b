import { systemActor } from '#platform/shared/actor'
import { importMoved } from '../../contract/index.ts'
import { interrupted } from './check-import.ts'
import { type ImportContext, takerOf } from './import-context.ts'
import { lockImport, updateImport } from './imports.queries.ts'
import { AUDIENCE } from './move-import.ts'
import { findMade } from './rows.queries.ts'

/** Cards told to search in one transaction. */
const BATCH = 1000

/**
 * Job: lets search find the cards that an import made, behind its rows: what they are found by costs as much as the cards themselves. Goes on where
 * it was; waits in the queue of imports, so it is never done beside a run or an undo.
 */
export const searchImport =
  (context: ImportContext) =>
  async (workspaceId: string, importId: string, signal?: AbortSignal): Promise<void> => {
    for (;;) {
      const isEnd = await context.platform.transaction(workspaceId, async (tx) => {
        const one = await lockImport(tx, importId)
        if (!one || one.searched === null || one.searched >= one.done) return true
        const stretch = { after: one.searched, upTo: one.done, limit: BATCH }
        const made = await findMade(tx, importId, stretch)
        await takerOf(context, one.object).many?.makeFindable(
          tx,
          made.flatMap(({ cardId }) => cardId ?? []),
        )
        const last = made.length < BATCH ? undefined : made.at(-1)
        await updateImport(tx, importId, { searched: last?.number ?? one.done })
        await context.platform.events.publish(
          tx,
          systemActor(workspaceId),
          importMoved,
          { importId },
          { audience: AUDIENCE },
        )
        return last === undefined
      })
      if (isEnd) return
      if (signal?.aborted) return interrupted(signal)
    }
  }
