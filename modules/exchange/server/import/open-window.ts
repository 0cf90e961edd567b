import { enqueue } from '#platform/server/jobs'
import { importMoved } from '../../contract/index.ts'
import { type ImportContext, takerOf } from './import-context.ts'
import { importJobs } from './import-jobs.ts'
import { type CountedRow, NO_ROWS, plus } from './import-step.ts'
import { formOf, lockImport, type StoredImport, updateImport } from './imports.queries.ts'
import { AUDIENCE, queueOf } from './move-import.ts'
import { type ReadWindow, readWindow } from './read-window.ts'

/** Search is told of new cards when nobody waits for anything else of imports. */
const BEHIND = { priority: 10 }

/** A stretch of rows whose lanes are taken in at the same time, each in a transaction of its own. */
export interface Window extends ReadWindow {
  readonly one: StoredImport
  /** The form of the import's row that the lanes may work by: as soon as somebody stops it or erases one of its people, it has another. */
  readonly form: string
}

/** A window whose rows are all in. */
export interface DoneWindow {
  /** The row before its first. */
  readonly after: number
  readonly last: number
  readonly outcomes: readonly CountedRow[]
  /** The next one, read meanwhile. */
  readonly ahead: ReadWindow | undefined
}

/**
 * Counts what the window before did, and opens the next: the one that was read meanwhile, unless somebody has stopped the import or erased one of its
 * people since; else it is read now. Undefined when there is none: all rows are in, somebody stopped the import, or another process goes on with it.
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
    const form = await formOf(tx, importId)
    const ahead = done?.ahead?.form === form ? done.ahead : undefined
    const window = ahead ?? (await readWindow(context, tx, one, form))
    const actor = window?.actor ?? (await context.access.actorOf(tx, one.operatorId ?? ''))
    await platform.events.publish(tx, actor, importMoved, { importId }, { audience: AUDIENCE })
    const { many } = takerOf(context, one.object)
    await many?.putOff(tx, platform.now(), window === undefined)
    if (many) enqueue(tx, importJobs.search, { importId }, { queue: queueOf(tx), key: `search ${importId}`, ...BEHIND })
    if (!window) {
      const over = { state: 'done', finishedAt: platform.now(), fileId: null } as const
      await updateImport(tx, importId, { ...counts, ...over })
      if (one.fileId) await platform.files.forget(tx, [one.fileId])
      return undefined
    }
    await updateImport(tx, importId, { ...counts, ...(many ? { searched: one.searched ?? 0 } : {}) })
    return { ...window, one, form: await formOf(tx, importId) }
  })

/** An import with what a window did; one that has gone on from elsewhere since has counted it already. */
const counted = (one: StoredImport, done: DoneWindow | undefined): StoredImport => {
  const result = one.result ?? NO_ROWS
  return done && one.done === done.after
    ? { ...one, done: done.last, result: plus(result, done.outcomes) }
    : { ...one, result }
}
