import { pipeline } from 'node:stream/promises'
import { createZstdCompress } from 'node:zlib'
import type { JobContext } from '#platform/server/jobs'
import type { Platform } from '#platform/server/platform'
import { ARCHIVE_KEPT_DAYS } from '../../contract/archives.ts'
import type { ExportStore } from '../export/export-store.ts'
import { isDiskFull } from '../export/make-export.ts'
import { type ArchiveProgress, saveArchive } from './archives.queries.ts'

/** A workspace as the bytes of an archive, as of one moment; `tell` says how far it is, in rows and files. */
export type WriteArchive = (of: {
  workspaceId: string
  tell: (progress: { done: number; total: number }) => Promise<void>
}) => AsyncIterable<Buffer>

export const MAX_ATTEMPTS = 3
export const ARCHIVE_KEPT_MS = ARCHIVE_KEPT_DAYS * 24 * 60 * 60 * 1000
/** People look at the progress; nobody needs it more often. */
const TELL_MS = 500

/** Somebody took it back. */
class Ended extends Error {}

/**
 * Makes an archive, never whole in memory. What a killed process left is written again from its beginning: half an archive is of no moment. A full disk
 * is told at once; anything else after it was tried again.
 */
export const makeArchive =
  ({ transaction, now, log }: Platform, { store, write }: { store: ExportStore; write: WriteArchive }) =>
  async (id: string, of: Pick<JobContext, 'workspaceId' | 'signal' | 'attempt'>): Promise<void> => {
    const { workspaceId, signal, attempt } = of
    const save = (progress: ArchiveProgress) => transaction(workspaceId, (tx) => saveArchive(tx, id, progress, now()))
    if (!(await save({ state: 'running', done: 0, total: null, startedAt: now() }))) return
    let told = 0
    let total = 0
    const tell = async (progress: { done: number; total: number }) => {
      total = progress.total
      const time = performance.now()
      if (told > 0 && time - told < TELL_MS) return
      told = time
      if (!(await save(progress))) throw new Ended()
    }
    try {
      const file = await store.create(workspaceId, id)
      await pipeline(write({ workspaceId, tell }), createZstdCompress(), file, signal ? { signal } : {})
      const at = now()
      const sizeBytes = await store.sizeOf(workspaceId, id)
      const endsAt = new Date(at.getTime() + ARCHIVE_KEPT_MS)
      if (!(await save({ state: 'done', done: total, sizeBytes, finishedAt: at, endsAt }))) throw new Ended()
    } catch (error) {
      await store.remove(workspaceId, id)
      if (error instanceof Ended) return
      const isFull = isDiskFull(error)
      if (!isFull && (signal?.aborted || attempt < MAX_ATTEMPTS)) throw error
      log.error({ err: error, archiveId: id }, 'workspace not exported')
      await save({
        state: 'failed',
        problem: isFull ? 'exchange.disk_full' : 'exchange.archive_failed',
        finishedAt: now(),
      })
    }
  }
