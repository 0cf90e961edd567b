import { statfs } from 'node:fs/promises'
import type { Database } from './database.ts'
import { countJobs } from './jobs.queries.ts'
import { atMostEvery, type Metrics } from './metrics.ts'

/** The database is asked for its queues at most this often. */
const ASK_MS = 5000

/** What stands and waits: connections, jobs, room on the disk. Queues are those of the whole installation, so every process tells the same. */
export function platformGauges(metrics: Metrics, { database, dataDir }: { database: Database; dataDir: string }): void {
  const { pool } = database
  const jobs = atMostEvery(ASK_MS, () => countJobs(pool))

  metrics.onScrape({ name: 'okno_database_up', help: '1 when PostgreSQL answers this process' }, async () => {
    await pool.query('select 1')
    return [{ value: 1 }]
  })
  metrics.onScrape(
    {
      name: 'okno_database_pool_connections',
      help: 'Connections of this process: in use, idle; and transactions that wait for one',
      labelNames: ['state'],
    },
    async () => [
      { labels: { state: 'in_use' }, value: pool.totalCount - pool.idleCount },
      { labels: { state: 'idle' }, value: pool.idleCount },
      { labels: { state: 'waiting' }, value: pool.waitingCount },
    ],
  )
  metrics.onScrape(
    { name: 'okno_jobs_waiting', help: 'Background jobs that are due and wait, by kind', labelNames: ['job'] },
    async () => (await jobs()).map(({ job, due }) => ({ labels: { job }, value: due })),
  )
  metrics.onScrape(
    { name: 'okno_jobs_oldest_seconds', help: 'How long the oldest due job has waited, by kind', labelNames: ['job'] },
    async () => (await jobs()).map(({ job, oldestSeconds }) => ({ labels: { job }, value: oldestSeconds })),
  )
  metrics.onScrape(
    { name: 'okno_jobs_failed', help: 'Jobs that have used up their tries, by kind', labelNames: ['job'] },
    async () => (await jobs()).map(({ job, failed }) => ({ labels: { job }, value: failed })),
  )
  metrics.onScrape({ name: 'okno_data_free_bytes', help: 'Room left where the data folder lies' }, async () => {
    const { bavail, bsize } = await statfs(dataDir)
    return [{ value: bavail * bsize }]
  })
}
