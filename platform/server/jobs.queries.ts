import { type RawBuilder, sql } from 'kysely'
import type { Pool } from 'pg'

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

/** Stores jobs in the caller's transaction: they run if and only if it commits. Of several with one key the last counts, as it would later. */
export function storeJobs(jobs: readonly OutboxJob[]): RawBuilder<unknown> {
  const once = [...new Map(jobs.map((job) => [job.job_key ?? job, job])).values()]
  return sql`select platform.add_jobs(${JSON.stringify(once)}::jsonb)`
}

/** Says that these workers are alive: their jobs stay theirs. */
export async function keepJobLocks(pool: Pool, workerIds: readonly string[]): Promise<void> {
  await pool.query('update graphile_worker._private_jobs set locked_at = now() where locked_by = any($1)', [workerIds])
  await pool.query('update graphile_worker._private_job_queues set locked_at = now() where locked_by = any($1)', [
    workerIds,
  ])
}

/** Frees the jobs of workers that have not said for `seconds` that they are alive, and of those that are known to be gone. */
export async function freeAbandonedJobs(
  pool: Pool,
  { seconds, gone }: { seconds: number; gone: readonly string[] },
): Promise<void> {
  await pool.query(
    `select graphile_worker.force_unlock_workers(array(
      select locked_by from graphile_worker._private_jobs
        where locked_at < now() - make_interval(secs => $1) or locked_by = any($2)
      union
      select locked_by from graphile_worker._private_job_queues
        where locked_at < now() - make_interval(secs => $1) or locked_by = any($2)))`,
    [seconds, gone],
  )
  // Whoever adds a job with the key of a running one makes its successor and leaves the running one without key and tries. When that one's
  // process died, the successor has its work; the rest of it would be counted as failed for ever.
  await pool.query(
    `delete from graphile_worker._private_jobs
      where locked_at is null and key is null and attempts >= max_attempts and last_error is null`,
  )
}

/** Forgets jobs that used up their tries before that time. */
export async function deleteFailedJobsBefore(pool: Pool, before: Date): Promise<void> {
  await pool.query(
    'delete from graphile_worker._private_jobs where locked_at is null and attempts >= max_attempts and updated_at < $1',
    [before],
  )
}

/** Jobs of one kind that no process has taken. `due` wait for a process, `failed` have used up their tries. */
export interface JobCount {
  readonly job: string
  readonly due: number
  readonly failed: number
  /** Age of the oldest due one; 0 without one. */
  readonly oldestSeconds: number
}

/** Every kind of job that has been stored at least once. */
export async function countJobs(pool: Pool): Promise<JobCount[]> {
  const { rows } = await pool.query<JobCount>(
    `select tasks.identifier as job,
      count(*) filter (where attempts < max_attempts and run_at <= now())::int as due,
      count(*) filter (where attempts >= max_attempts)::int as failed,
      coalesce(extract(epoch from now() - min(run_at) filter (where attempts < max_attempts and run_at <= now())), 0)::float8
        as "oldestSeconds"
    from graphile_worker._private_tasks as tasks
    left join graphile_worker._private_jobs as jobs on jobs.task_id = tasks.id and jobs.locked_at is null
    group by 1`,
  )
  return rows
}
