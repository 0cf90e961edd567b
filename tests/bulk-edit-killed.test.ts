import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OknoProcess, startOknoProcess } from './support/okno-process.ts'
import { API_KEY, eventually, type TestOkno, testPlatform } from './support/platform.ts'

const PEOPLE = 100
/** A process begins to work within this, on a busy machine too. */
const STARTS_MS = 45_000

let okno: TestOkno
let bystander: pg.Client
let worker: OknoProcess | undefined
let ids: string[]

beforeAll(async () => {
  okno = await testPlatform({ env: { OKNO_ROLES: 'web' } })
  bystander = new pg.Client(okno.database.adminUrl)
  await bystander.connect()
  const made = await Promise.all(
    Array.from({ length: PEOPLE }, (_, i) => okno.call('POST', '/people', { name: `Житель ${i}`, city: `Ржев ${i}` })),
  )
  ids = made.map(({ body }) => body.id).sort()
})
afterAll(async () => {
  await worker?.stop()
  await bystander?.end()
  await okno?.close()
})

/** A process that does jobs and serves nothing. */
const startWorker = () =>
  startOknoProcess(
    {
      OKNO_ROLES: 'worker',
      OKNO_API_KEY: API_KEY,
      OKNO_DATA_DIR: okno.platform.config.dataDir,
      OKNO_SECRET_KEY: Buffer.from(okno.platform.config.secretKey).toString('hex'),
      DATABASE_URL: okno.database.url,
    },
    { untilReady: false },
  )
const edit = async (id: string) => (await okno.call('GET', `/bulk-edits/${id}`)).body
const ended = (id: string) =>
  eventually(async () => {
    const now = await edit(id)
    return ['running', 'undoing'].includes(now.state) ? null : now
  }, STARTS_MS)
/** How often each person was changed. */
const timesChanged = async () => {
  const { rows } = await bystander.query(
    `select object_id as id, count(*)::int as times from platform.audit_log where action = 'customers.person_changed' group by 1`,
  )
  return new Map(rows.map(({ id, times }) => [id, times]))
}
const cities = async () => {
  const { rows } = await bystander.query('select id, city from customers.people order by id')
  return new Map(rows.map(({ id, city }) => [id, city]))
}

test('killed in the middle, a bulk edit goes on where it stood: everything is changed once, and comes back as it was', async () => {
  const before = await cities()
  // Somebody holds a row of the third batch, so the edit stands still in the middle.
  await bystander.query('begin')
  await bystander.query('select from customers.people where id = $1 for update', [ids[60]])
  worker = await startWorker()
  const { body } = await okno.call('POST', '/objects/person/bulk-edits', {
    ids,
    field: 'city',
    op: 'set',
    value: 'Тверь',
  })
  await eventually(async () => (await edit(body.id)).changed === 50, STARTS_MS)
  await eventually(async () => (await bystander.query('select from pg_locks where not granted')).rowCount)

  await worker.kill()
  await bystander.query('rollback')
  // As if a minute had passed, after which the jobs of a silent process are free.
  for (const table of ['_private_jobs', '_private_job_queues'])
    await bystander.query(
      `update graphile_worker.${table} set locked_at = now() - interval '2 minutes' where locked_at is not null`,
    )
  expect(await edit(body.id)).toMatchObject({ state: 'running', changed: 50 })
  worker = await startWorker()

  expect(await ended(body.id)).toMatchObject({ state: 'done', total: PEOPLE, changed: PEOPLE, same: 0, failed: 0 })
  expect(await timesChanged()).toEqual(new Map(ids.map((id) => [id, 1])))
  expect(new Set((await cities()).values())).toEqual(new Set(['Тверь']))
  await okno.call('POST', `/bulk-edits/${body.id}/undo`)
  expect(await ended(body.id)).toMatchObject({ state: 'undone', undone: PEOPLE, leftAlone: 0 })
  expect(await cities()).toEqual(before)
})
