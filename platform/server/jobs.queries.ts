import { sql } from 'kysely'
import type { Tx } from './database.ts'

/** One job as it is stored. Times are ISO strings; `queue` = serial lane; `key` = at most one waiting job of that key. */
export interface OutboxJob {
  identifier: string
  payload: unknown
  run_at?: string | undefined
  queue_name?: string | undefined
  max_attempts?: number | undefined
  job_key?: string | undefined
  priority?: number | undefined
}

/** Stores jobs in the caller's transaction: they run if and only if it commits. */
export async function addJobs(tx: Tx, jobs: OutboxJob[]): Promise<void> {
  await sql`select platform.add_jobs(${JSON.stringify(jobs)}::jsonb)`.execute(tx.db)
}
