import { z } from 'zod'
import type { Tx } from '#platform/server/database'
import { defineJob, enqueue } from '#platform/server/jobs'
import type { Platform } from '#platform/server/platform'
import { lockUntold, tellEmployment } from './company-timeline.queries.ts'
import { findWorkspaces } from './identity/matching-state.queries.ts'

const tellJob = defineJob('customers.tell_companies', z.object({}))
/** Employments of one transaction: with the history of usual people some thousand rows. */
const EMPLOYMENTS_PER_STEP = 50

/** Puts the history of people who came to a company into its timeline, soon after the commit. What happens later is put there at once. */
export const tellCompanies = (tx: Tx): void =>
  enqueue(
    tx,
    tellJob,
    {},
    { key: `tell companies ${tx.workspaceId}`, queue: `companies ${tx.workspaceId}`, priority: 5 },
  )

/** The job, and its first run: employments from before companies had a timeline. */
export function createCompanyTelling({ jobs, transaction, database }: Platform) {
  const tellAll = async (workspaceId: string, signal?: AbortSignal): Promise<void> => {
    for (let count = EMPLOYMENTS_PER_STEP; count === EMPLOYMENTS_PER_STEP && !signal?.aborted; ) {
      count = await transaction(workspaceId, async (tx) => {
        const untold = await lockUntold(tx, EMPLOYMENTS_PER_STEP)
        for (const one of untold) await tellEmployment(tx, one)
        return untold.length
      })
    }
  }
  jobs.handle(tellJob, (_, { workspaceId, signal }) => tellAll(workspaceId, signal))
  return {
    tellAll,
    start: async () => {
      for (const id of await database.system(findWorkspaces)) await transaction(id, async (tx) => tellCompanies(tx))
    },
  }
}
