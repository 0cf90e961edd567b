import type { Tx } from '#platform/server/database'
import { enqueue } from '#platform/server/jobs'
import type { Platform } from '#platform/server/platform'
import type { AccountRef } from './account-ref.ts'
import { type ReadArrivals, readArrivalsJob } from './read-arrivals.ts'

/** Asks, with the caller's transaction, that the arrivals of an account be read soon. Many calls make one reading. */
export type AskForReading = (tx: Tx, accountId: string) => void

/**
 * Reads arrivals as soon as they are stored. A process that works reads them itself, without a job: under load the rows of jobs would be
 * written more often than arrivals are read. Any other process leaves a job. What is not read because its process died or the
 * database went away is found by the sweep.
 */
export function createArrivalReader({ config, log }: Platform, read: ReadArrivals) {
  const isWorker = config.roles.has('worker')
  const underWay = new Set<Promise<void>>()
  const stopping = new AbortController()

  function readHere(ref: AccountRef) {
    if (stopping.signal.aborted) return
    const reading = read(ref, stopping.signal)
      .catch((error) => log.warn({ err: error, accountId: ref.accountId }, 'arrivals not read; the sweep tries again'))
      .finally(() => underWay.delete(reading))
    underWay.add(reading)
  }

  const ask: AskForReading = (tx, accountId) => {
    const { workspaceId } = tx
    if (isWorker) tx.afterCommit(() => readHere({ workspaceId, accountId }))
    else enqueue(tx, readArrivalsJob, { accountId }, { key: `read:${accountId}` })
  }

  return {
    ask,
    /** Begins nothing new; resolves when the batch that is being read is stored. */
    stop: async (): Promise<void> => {
      stopping.abort()
      await Promise.all(underWay)
    },
  }
}
