import type { Database } from './database.ts'
import { deleteEventsBefore } from './events.queries.ts'
import { deleteAnswersBefore } from './idempotent-answers.queries.ts'
import { deleteFailedJobsBefore } from './jobs.queries.ts'
import type { Jobs } from './jobs.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** A window or a reader of `GET /events` that was away longer loads afresh. */
const EVENTS_KEPT_DAYS = 30
/** Nobody repeats a request after so long. */
const ANSWERS_KEPT_DAYS = 3
/** Long enough for somebody to look why a job failed for good. */
const FAILED_JOBS_KEPT_DAYS = 30

/** Clears what only serves the recent past, every night. */
export function scheduleHousekeeping(jobs: Jobs, database: Database, now: () => Date) {
  jobs.schedule('platform.clean_up', '17 3 * * *', async () => {
    const daysAgo = (days: number) => new Date(now().getTime() - days * DAY_MS)
    await database.system(async (tx) => {
      await deleteEventsBefore(tx, daysAgo(EVENTS_KEPT_DAYS))
      await deleteAnswersBefore(tx, daysAgo(ANSWERS_KEPT_DAYS))
    })
    await deleteFailedJobsBefore(database.pool, daysAgo(FAILED_JOBS_KEPT_DAYS))
  })
}
