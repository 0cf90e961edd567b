import pg from 'pg'
import { pino } from 'pino'
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

// A lane that was locked when its connection broke is free again after a minute of silence.
async function until(word: string, limitMs = 100_000) {
  const end = Date.now() + limitMs
  while (!done.includes(word)) {
    if (Date.now() > end) throw new Error(`The job ${word} was not done; done: ${done}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('asked for twice in one transaction, a job of one key is done once, as it was asked for last', async () => {
  await database.transaction(workspaceId, async (tx) => {
    for (const word of ['first asked', 'last asked']) enqueue(tx, job, { word }, { key: 'the same' })
  })
  const { rows } = await admin.query(`select payload -> 'data' ->> 'word' as word from graphile_worker._private_jobs
    where key = 'the same'`)
  expect(rows).toEqual([{ word: 'last asked' }])
})

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
      .poll(() =>
        add(word).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true)
    await until(word)
  }
}, 300_000)

test('a job that takes long stays with the process that does it', async () => {
  const patient = createJobs(database.pool, createLog('silent'), createMetrics(), { keepMs: 50 })
  const long = defineJob('test.long', z.object({}))
  let mayEnd = () => {}
  const ending = new Promise<void>((resolve) => {
    mayEnd = resolve
  })
  patient.handle(long, () => ending)
  const secondsSinceSign = async () => {
    const { rows } = await admin.query(`select extract(epoch from now() - locked_at)::int as seconds
      from graphile_worker.jobs where task_identifier = 'test.long' and locked_at is not null`)
    return rows[0]?.seconds as number | undefined
  }

  await patient.start({ concurrency: 1 })
  await database.transaction(workspaceId, async (tx) => enqueue(tx, long, {}))
  await expect.poll(secondsSinceSign).toBeDefined()
  await admin.query(
    `update graphile_worker._private_jobs set locked_at = now() - interval '30 s' where locked_at is not null`,
  )

  await expect.poll(secondsSinceSign).toBeLessThan(20)
  mayEnd()
  await patient.stop()
})

test('when the database goes away before a finished job is reported, jobs go on by themselves', async () => {
  let isAway = false
  const pool = new pg.Pool({ connectionString: own.url, max: 6 })
  pool.on('error', () => undefined)
  const connect = pool.connect.bind(pool)
  const refuse = () => Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))
  pool.connect = ((callback?: Parameters<typeof connect>[0]) => {
    if (!callback) return isAway ? refuse() : connect()
    if (!isAway) return connect(callback)
    refuse().catch((error: Error) => callback(error, undefined, () => undefined))
  }) as typeof pool.connect
  const fragile = createJobs(pool, createLog('silent'), createMetrics())
  const note = defineJob('test.fragile', z.object({ word: z.string(), turn: z.number() }))
  const addFragile = (word: string, turn: number) =>
    database.transaction(workspaceId, async (tx) => enqueue(tx, note, { word, turn }))
  const words = ['not reported 1', 'not reported 2', 'not reported 3', 'not reported 4']
  let begun = 0
  let ended = 0
  fragile.handle(note, async ({ word, turn }) => {
    // The database is lost while all of them run, and each reports at a moment of its own.
    if (++begun === words.length) isAway = true
    while (begun < words.length || ended < turn) await new Promise((resolve) => setTimeout(resolve, 20))
    ended++
    done.push(word)
  })

  await fragile.start({ concurrency: 5 })
  await Promise.all(words.map(addFragile))
  for (const word of words) await until(word)
  isAway = false
  await addFragile('after it', 0)
  await until('after it', 20_000)

  await expect.poll(async () => (await admin.query('select from graphile_worker._private_jobs')).rowCount).toBe(0)
  await fragile.stop()
  await pool.end()
})

test('what a dead process left of a job that has a successor is cleared away, and waits for nobody', async () => {
  await database.transaction(workspaceId, async (tx) =>
    enqueue(tx, job, { word: 'successor' }, { key: 'one', runAt: new Date(Date.now() + 3_600_000) }),
  )
  await admin.query(`update graphile_worker._private_jobs
    set locked_at = now() - interval '2 minutes', locked_by = 'worker-of-the-dead' where key = 'one'`)
  await database.transaction(workspaceId, async (tx) => enqueue(tx, job, { word: 'successor' }, { key: 'one' }))

  await freeAbandonedJobs(database.pool, { seconds: 60, gone: [] })

  await until('successor')
  await expect.poll(async () => (await admin.query('select from graphile_worker._private_jobs')).rowCount).toBe(0)
  expect((await countJobs(database.pool)).filter(({ due, failed }) => due + failed > 0)).toEqual([])
}, 150_000)

test('the log tells which job failed and why, never what it was about', async () => {
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  const teller = createJobs(database.pool, log, createMetrics())
  const failing = defineJob('test.fail', z.object({ words: z.string() }))
  teller.handle(failing, async () => {
    throw new Error('no such luck')
  })
  await teller.start({ concurrency: 1 })
  await database.transaction(workspaceId, async (tx) => enqueue(tx, failing, { words: 'my card is 4242' }))

  await expect.poll(() => lines.join('')).toContain('Failed task')
  await teller.stop()

  expect(lines.join('')).toContain('no such luck')
  expect(lines.join('')).not.toContain('4242')
})
