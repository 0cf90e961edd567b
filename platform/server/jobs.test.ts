import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { newId } from '#platform/shared/ids'
import { freshDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { type Database, openDatabase } from './database.ts'
import { countJobs, freeAbandonedJobs } from './jobs.queries.ts'
import { createJobs, defineJob, enqueue, type Jobs } from './jobs.ts'
import { createLog } from './log.ts'
import { createMetrics } from './metrics.ts'

let own: TestDatabase
let database: Database
let admin: pg.Client
let jobs: Jobs
const done: string[] = []
const job = defineJob('test.note', z.object({ word: z.string() }))
const workspaceId = newId()

beforeAll(async () => {
  own = await freshDatabase()
  admin = new pg.Client(own.adminUrl)
  await admin.connect()
  database = openDatabase(own.url)
  jobs = createJobs(database.pool, createLog('silent'), createMetrics())
  jobs.handle(job, async ({ word }) => void done.push(word))
})
afterAll(async () => {
  await jobs.stop()
  await database.close()
  await admin.end()
  await own.drop()
})

const add = (word: string) =>
  database.transaction(workspaceId, async (tx) => enqueue(tx, job, { word }, { queue: 'one lane' }))

async function until(word: string) {
  // A lane that was locked when its connection broke is free again after a minute of silence.
  const end = Date.now() + 100_000
  while (!done.includes(word)) {
    if (Date.now() > end) throw new Error(`The job ${word} was not done; done: ${done}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('a job of a process that died is taken over, and does not hold up its lane', async () => {
  await add('abandoned')
  await admin.query(`update graphile_worker._private_job_queues
    set locked_at = now() - interval '2 minutes', locked_by = 'worker-of-the-dead'`)
  await admin.query(`update graphile_worker._private_jobs
    set locked_at = now() - interval '2 minutes', locked_by = 'worker-of-the-dead'`)

  await jobs.start({ concurrency: 2 })

  await until('abandoned')
})

test('when every connection to the database breaks, jobs go on by themselves', async () => {
  for (let times = 0; times < 3; times++) {
    await admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    const word = `after break ${times}`
    await expect
      .poll(
        () =>
          add(word).then(
            () => true,
            () => false,
          ),
        { timeout: 10_000 },
      )
      .toBe(true)
    await until(word)
  }
}, 300_000)

test('what a dead process left of a job that has a successor is cleared away, and waits for nobody', async () => {
  await database.transaction(workspaceId, async (tx) =>
    enqueue(tx, job, { word: 'successor' }, { key: 'one', runAt: new Date(Date.now() + 3_600_000) }),
  )
  await admin.query(`update graphile_worker._private_jobs
    set locked_at = now() - interval '2 minutes', locked_by = 'worker-of-the-dead' where key = 'one'`)
  await database.transaction(workspaceId, async (tx) => enqueue(tx, job, { word: 'successor' }, { key: 'one' }))

  await freeAbandonedJobs(database.pool, { seconds: 60, gone: [] })

  await until('successor')
  await expect
    .poll(async () => (await admin.query('select from graphile_worker._private_jobs')).rowCount, { timeout: 20_000 })
    .toBe(0)
  expect((await countJobs(database.pool)).filter(({ due, failed }) => due + failed > 0)).toEqual([])
}, 150_000)
