import { importMoved } from '../../contract/index.ts'
import { type ImportContext, takerOf } from './import-context.ts'
import { type CountedRow, NO_ROWS, plus } from './import-step.ts'
import { lockImport, updateImport } from './imports.queries.ts'
import { AUDIENCE } from './move-import.ts'
import type { ReadWindow } from './read-window.ts'

/** Counts a window whose rows are all in, unless another process has gone on from before it and counted it already. */
export const countWindow = (
  context: ImportContext,
  workspaceId: string,
  importId: string,
  { actor, after, last }: ReadWindow,
  rows: readonly CountedRow[],
): Promise<void> =>
  context.platform.transaction(workspaceId, async (tx) => {
    const one = await lockImport(tx, importId)
    if (one?.done !== after) return
    const { platform } = context
    await platform.events.publish(tx, actor, importMoved, { importId }, { audience: AUDIENCE })
    await takerOf(context, one.object).many?.putOff(tx, platform.now(), false)
    await updateImport(tx, importId, { done: last, result: plus(one.result ?? NO_ROWS, rows) })
  })
