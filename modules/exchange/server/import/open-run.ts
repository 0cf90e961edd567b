import { enqueue } from '#platform/server/jobs'
import { importMoved } from '../../contract/index.ts'
import { type ImportContext, takerOf } from './import-context.ts'
import { importJobs } from './import-jobs.ts'
import { NO_ROWS } from './import-step.ts'
import { lockImport, type StoredImport, updateImport } from './imports.queries.ts'
import { AUDIENCE, queueOf } from './move-import.ts'
import { type ReadWindow, readWindow } from './read-window.ts'

/** Search is told of new cards when nobody waits for anything else of imports. */
const BEHIND = { priority: 10 }

/** An import whose rows go in, from its first window on. */
export interface Run {
  readonly one: StoredImport
  readonly first: ReadWindow
}

/** Begins or goes on with taking rows in. Undefined when there is nothing to do: all rows are in, which ends the import, or somebody stopped it. */
export const openRun = (context: ImportContext, workspaceId: string, importId: string): Promise<Run | undefined> =>
  context.platform.transaction(workspaceId, async (tx) => {
    const { platform } = context
    const one = await lockImport(tx, importId)
    if (one?.state !== 'running') return undefined
    const first = await readWindow(context, tx, one)
    const actor = first?.actor ?? (await context.access.actorOf(tx, one.operatorId ?? ''))
    await platform.events.publish(tx, actor, importMoved, { importId }, { audience: AUDIENCE })
    const { many } = takerOf(context, one.object)
    await many?.putOff(tx, platform.now(), first === undefined)
    if (many) enqueue(tx, importJobs.search, { importId }, { queue: queueOf(tx), key: `search ${importId}`, ...BEHIND })
    const result = one.result ?? NO_ROWS
    if (!first) {
      await updateImport(tx, importId, { state: 'done', finishedAt: platform.now(), fileId: null, result })
      if (one.fileId) await platform.files.forget(tx, [one.fileId])
      return undefined
    }
    await updateImport(tx, importId, { result, ...(many ? { searched: one.searched ?? 0 } : {}) })
    return { one, first }
  })
