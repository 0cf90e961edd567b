import { createReadStream } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createZstdDecompress } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readWorkspace } from '../../../scripts/workspace/read-workspace.ts'
import { freshDatabase, type TestDatabase } from '../../../tests/support/database.ts'
import { eventually } from '../../../tests/support/eventually.ts'
import { type OknoProcess, startOknoProcess } from '../../../tests/support/okno-process.ts'
import type { ImportCard, MadeExport } from '../contract/index.ts'

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
  create trigger stand_still before insert on exchange.results for each row when (new.number = 2150) execute function public.stand_still();
  create trigger stand_still before update on exchange.exports for each row when (new.done = 1000) execute function public.stand_still();
  create trigger stand_still before update on exchange.archives for each row when (new.done > 0) execute function public.stand_still()`

let database: TestDatabase
let elsewhere: TestDatabase
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
  await elsewhere?.drop()
  await rm(dataDir, { recursive: true, force: true })
})

const start = () =>
  startOknoProcess({ DATABASE_URL: database.url, OKNO_DATA_DIR: dataDir, OKNO_API_KEY: KEY, OKNO_DEMO: '0' })
async function ask<Body>(method: string, address: string, given?: FormData | object): Promise<Body> {
  const type = given instanceof FormData ? {} : { 'content-type': 'application/json' }
  const headers = { authorization: `Bearer ${KEY}`, ...(given ? type : {}) }
  const body = given instanceof FormData ? given : JSON.stringify(given)
  const response = await fetch(`${okno.url}/api/v1${address}`, { method, headers, ...(given ? { body } : {}) })
  if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${await response.text()}`)
  // The shape that the API promises.
  return (await response.json()) as Body
}
const state = (id: string, wanted: string) =>
  eventually(async () => {
    const one = await ask<ImportCard>('GET', `/imports/${id}`)
    return one.state === wanted ? one : undefined
  })
const counted = async (text: string): Promise<number> => Number((await db.query(text)).rows[0].count)

/** An order of the whole workspace, as a person leaves it who has given their password. */
async function orderArchive(): Promise<string> {
  const { rows } = await db.query(
    `insert into exchange.archives (workspace_id, name, operator_id, created_at, heard_at, ends_at)
     select workspace_id, 'x.tar.zst', id, now(), now(), now() + interval '1 day' from access.operators limit 1
     returning id, workspace_id as "workspaceId"`,
  )
  const { id, workspaceId } = rows[0]
  const job = { identifier: 'exchange.make_archive', payload: { workspaceId, data: { id } }, max_attempts: 3 }
  await db.query('select platform.add_jobs($1::jsonb)', [JSON.stringify([job])])
  return id
}
const standStill = (count: number) =>
  eventually(async () => {
    const waiting = await counted(`select count(*) from pg_locks where locktype = 'advisory' and not granted`)
    return waiting === count
  })
/** Every file that waits to be taken away, by the id of its order. */
async function filesOfExports(): Promise<Map<string, string>> {
  const folder = path.join(dataDir, 'exports')
  const places = (await readdir(folder, { recursive: true })).map((name) => path.join(folder, name))
  const files = await Promise.all(places.map(async (place) => ((await stat(place)).isFile() ? [place] : [])))
  return new Map(files.flat().map((place) => [path.basename(place), place]))
}

test('killed in the middle, an import goes on in the next process and makes each row once; exports are made anew', async () => {
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
  })
  const list = await ask<MadeExport>('POST', '/exports', {
    object: 'person',
    format: 'csv',
    fields: ['name', 'emails'],
    sort: 'createdAt',
  })
  const whole = await orderArchive()
  await standStill(3)
  await okno.kill()
  const halves = await filesOfExports()
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
    remarked: 0,
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
  expect([...halves.keys()].toSorted()).toEqual([list.id, whole].toSorted())
  await exportsEnd(list.id, whole)
  await eventually(
    async () => (await counted(`select count(*) from platform.search_documents where object = 'person'`)) === CARDS,
  )
})

/** Both exports are made anew: whole, nothing beside them, and the archive goes into an empty Okno with the hash of every table. */
async function exportsEnd(list: string, whole: string): Promise<void> {
  await eventually(async () => (await ask<MadeExport>('GET', `/exports/${list}`)).state === 'done')
  const ended = `select count(*) from exchange.archives where id = '${whole}' and state = 'done' and done = total`
  await eventually(async () => (await counted(ended)) === 1)
  const files = await filesOfExports()
  expect([...files.keys()].toSorted()).toEqual([list, whole].toSorted())

  const lines = (await readFile(files.get(list) ?? '', 'utf8')).trimEnd().split('\r\n').slice(1)
  expect(lines.length).toBeGreaterThanOrEqual(FIRST_WINDOW - FIRST_WINDOW / 100)
  expect(new Set(lines).size).toBe(lines.length)
  elsewhere = await freshDatabase()
  const archive = createReadStream(files.get(whole) ?? '').pipe(createZstdDecompress())
  const { summary } = await readWorkspace(archive, {
    databaseUrl: elsewhere.url,
    dataDir: path.join(dataDir, 'elsewhere'),
  })
  expect(summary.tables['customers.people']?.rows).toBeGreaterThanOrEqual(FIRST_WINDOW - FIRST_WINDOW / 100)
}
