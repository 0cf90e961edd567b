import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../../tests/support/database.ts'
import { eventually } from '../../../../tests/support/eventually.ts'
import { type OknoProcess, startOknoProcess } from '../../../../tests/support/okno-process.ts'
import type { ImportCard } from '../../contract/index.ts'

const PEOPLE = 2300
/** Each hundredth row is one that stands sixty rows before it. */
const CARDS = PEOPLE - PEOPLE / 100
const KEY = 'okno_test_key_of_the_first_administrator'
/** Rows of the first window; the second has those that are left. */
const FIRST_WINDOW = 2000
/** Any constant: while the test holds it, a lane of the second window stands still in the middle of its transaction. */
const HELD = 7710
const STAND_STILL = `
  create function public.stand_still() returns trigger language plpgsql as $$
    begin perform pg_advisory_xact_lock(${HELD}); return new; end $$;
  create trigger stand_still before insert on exchange.results for each row when (new.number = 2150) execute function public.stand_still()`

let database: TestDatabase
let dataDir: string
let db: pg.Client
let okno: OknoProcess
beforeAll(async () => {
  database = await freshDatabase()
  dataDir = await mkdtemp(path.join(tmpdir(), 'okno-killed-'))
  db = new pg.Client({ connectionString: database.adminUrl })
  await db.connect()
  okno = await start()
})
afterAll(async () => {
  await okno?.stop()
  await db?.end()
  await database?.drop()
  await rm(dataDir, { recursive: true, force: true })
})

const start = () =>
  startOknoProcess({ DATABASE_URL: database.url, OKNO_DATA_DIR: dataDir, OKNO_API_KEY: KEY, OKNO_DEMO: '0' })
async function ask<Body>(method: string, address: string, body?: FormData): Promise<Body> {
  const headers = { authorization: `Bearer ${KEY}` }
  const response = await fetch(`${okno.url}/api/v1${address}`, { method, headers, ...(body ? { body } : {}) })
  if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${await response.text()}`)
  // The shape that the API promises.
  return (await response.json()) as Body
}
const state = (id: string, wanted: string) =>
  eventually(async () => {
    const one = await ask<ImportCard>('GET', `/imports/${id}`)
    return one.state === wanted ? one : undefined
  }, 30_000)
const counted = async (text: string): Promise<number> => Number((await db.query(text)).rows[0].count)

test('an import whose process is killed in the middle of a window goes on in the next one, and makes each row once', async () => {
  const rows = Array.from({ length: PEOPLE }, (_, n) => `Человек ${n},p${n % 100 === 99 ? n - 60 : n}@example.com`)
  const form = new FormData()
  form.append('file', new Blob([`name,email\n${rows.join('\n')}\n`]), 'people.csv')
  const { id } = await ask<ImportCard>('POST', '/imports', form)
  await ask('POST', `/imports/${id}/check`)
  await state(id, 'checked')
  await db.query(STAND_STILL)
  await db.query('select pg_advisory_lock($1)', [HELD])

  await ask('POST', `/imports/${id}/run`)
  const half = await eventually(async () => {
    const results = await counted('select count(*) from exchange.results')
    return results > FIRST_WINDOW ? results : undefined
  }, 30_000)
  await okno.kill()
  await db.query('select pg_advisory_unlock($1)', [HELD])
  expect(half, 'one lane of the second window is in, the other is not').toBeLessThan(PEOPLE)
  // A process is taken for dead after a minute of silence.
  for (const table of ['_private_jobs', '_private_job_queues'])
    await db.query(
      `update graphile_worker.${table} set locked_at = now() - interval '2 minutes' where locked_at is not null`,
    )

  okno = await start()
  expect((await state(id, 'done')).result).toEqual({
    created: CARDS,
    changed: 0,
    joined: PEOPLE - CARDS,
    same: 0,
    refused: 0,
  })
  expect(await counted('select count(*) from customers.people')).toBe(CARDS)
  expect(await counted('select count(distinct value) from customers.identities')).toBe(CARDS)
  expect(await counted('select count(*) from customers.timeline')).toBe(CARDS)
  expect(
    await counted(
      `select count(distinct data ->> 'personId') from platform.events where name = 'customers.person_created'`,
    ),
  ).toBe(CARDS)
  expect(await counted(`select count(*) from platform.events where name = 'customers.person_created'`)).toBe(CARDS)
  expect(await counted('select count(distinct card_id) from exchange.results')).toBe(CARDS)
  await eventually(
    async () => (await counted(`select count(*) from platform.search_documents where object = 'person'`)) === CARDS,
  )
})
