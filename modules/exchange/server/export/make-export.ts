import { pipeline } from 'node:stream/promises'
import type { Tx } from '#platform/server/database'
import type { JobContext } from '#platform/server/jobs'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import type { ExportStore } from './export-store.ts'
import { findExport, type Progress, type StoredExport, saveProgress } from './exports.queries.ts'

/** Makes the content of one kind of export, piece by piece; `tell` says how far it is. */
export type MakeContent = (of: {
  made: StoredExport
  actor: Actor
  tell: (progress: Pick<Progress, 'done' | 'total'>) => Promise<void>
}) => AsyncIterable<string | Buffer>

export interface MakeUses {
  readonly store: ExportStore
  readonly actorOf: (tx: Tx, operatorId: string) => Promise<Actor>
  readonly contentOf: Readonly<Record<StoredExport['kind'], MakeContent>>
}

/** A page that fails is tried again from the beginning, but not for days: somebody waits for it. */
const MAX_ATTEMPTS = 5
/** One more only says that it failed, when each of the others ended with its process. */
export const LAST_ATTEMPT = MAX_ATTEMPTS + 1

/** No more room, on the disk or for this user: waiting a little does not help. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')

/** Somebody took it back, or its time is over. */
class Ended extends Error {}

/**
 * Makes an export: written from its beginning however often the job runs, so a killed process leaves nothing half. What cannot be made (a field that is
 * gone, rights that were taken, a full disk) is told with its code and not tried again.
 */
export const makeExport =
  ({ transaction, now, log }: Platform, { store, actorOf, contentOf }: MakeUses) =>
  async (id: string, context: Pick<JobContext, 'workspaceId' | 'signal' | 'attempt'>): Promise<void> => {
    const { workspaceId, signal, attempt } = context
    const save = (progress: Progress) => transaction(workspaceId, (tx) => saveProgress(tx, id, progress))
    const fail = (problem: string) => save({ state: 'failed', problem, finishedAt: now() })
    if (attempt > MAX_ATTEMPTS) {
      await store.remove(workspaceId, id)
      await fail('exchange.export_failed')
      return
    }
    const made = await transaction(workspaceId, (tx) => findExport(tx, id))
    if (!made || !(await save({ state: 'running', done: 0 }))) return
    try {
      const actor = await transaction(workspaceId, (tx) => actorOf(tx, made.operatorId))
      const tell = async (progress: Progress) => {
        if (!(await save(progress))) throw new Ended()
      }
      const file = await store.create(workspaceId, id)
      await pipeline(contentOf[made.kind]({ made, actor, tell }), file, signal ? { signal } : {})
      const sizeBytes = await store.sizeOf(workspaceId, id)
      if (!(await save({ state: 'done', sizeBytes, finishedAt: now() }))) throw new Ended()
    } catch (error) {
      await store.remove(workspaceId, id)
      if (error instanceof Ended) return
      const problem = error instanceof Problem ? error.code : isDiskFull(error) ? 'exchange.disk_full' : undefined
      if (!problem && (signal?.aborted || attempt < MAX_ATTEMPTS)) throw error
      log.warn({ err: error, exportId: id }, 'export not made')
      await fail(problem ?? 'exchange.export_failed')
    }
  }
