import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer } from '../app/server/server.ts'
import { BELONGS, type Manifest, NOT_CARRIED, type Summary } from '../app/server/workspace/archive.ts'
import { openClient } from '../app/server/workspace/tables.queries.ts'
import { writeWorkspace } from '../app/server/workspace/write-workspace.ts'
import { readConfig } from '../platform/server/config.ts'
import { tarBytes } from '../platform/server/tar.ts'
import { readWorkspace } from '../scripts/workspace/read-workspace.ts'
import { freshDatabase, type TestDatabase } from './support/database.ts'
import { GLAFIRA, makeGlafira } from './support/glafira.ts'
import { anotherCompany } from './support/inbox.ts'
import { ADMIN, type TestOkno, testPlatform } from './support/platform.ts'

let okno: TestOkno
let elsewhere: TestDatabase
let dataDir: string
let archive: Buffer
let made: { manifest: Manifest; summary: Summary }

beforeAll(async () => {
  okno = await testPlatform({ env: { OKNO_SMTP_PORT: '0' } })
  await makeGlafira(okno)
  // Somebody else's company on the same server: nothing of it may travel along.
  await anotherCompany(okno)
  elsewhere = await freshDatabase()
  dataDir = await mkdtemp(path.join(tmpdir(), 'okno-moved-'))
  const exported = await exportOf(okno.database.url, okno.platform.config.dataDir)
  archive = exported.archive
  made = exported.made
})
afterAll(async () => {
  await okno.close()
  await elsewhere.drop()
  await rm(dataDir, { recursive: true, force: true })
})

async function exportOf(databaseUrl: string, folder: string) {
  const pieces: Buffer[] = []
  let told: typeof made | undefined
  const client = await openClient(databaseUrl)
  const source = writeWorkspace(client, { dataDir: folder, workspaceId: okno.workspaceId }, (done) => {
    told = done
  })
  for await (const piece of source) pieces.push(piece)
  await client.end()
  if (!told) throw new Error('The export has not ended.')
  return { archive: Buffer.concat(pieces), made: told }
}

async function* pieces(bytes: Buffer) {
  yield bytes
}
const put = (bytes: Buffer) => readWorkspace(pieces(bytes), { databaseUrl: elsewhere.url, dataDir })

async function isEmpty(): Promise<boolean> {
  const client = new pg.Client(elsewhere.url)
  await client.connect()
  const { rows } = await client.query(
    'select (select count(*) from platform.workspaces) + (select count(*) from access.users) as n',
  )
  await client.end()
  return Number(rows[0].n) === 0
}

test('every table is carried, or left out with a reason', async () => {
  const { rows } = await okno.platform.database.pool.query<{ name: string }>(`
    select format('%s.%s', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname !~ '^(pg_|information_schema$|graphile_worker$)' order by 1`)
  const carried = made.manifest.tables.map(({ name }) => name)

  expect(rows.map(({ name }) => name).filter((name) => !carried.includes(name) && !(name in NOT_CARRIED))).toEqual([])
  expect(carried).toEqual(expect.arrayContaining(Object.keys(BELONGS)))
  expect(made.summary.tables['customers.people']?.rows).toBeGreaterThan(3)
})

test('an archive that is damaged, cut off, newer or something else leaves nothing behind', async () => {
  const text = archive.indexOf(GLAFIRA.city)
  const damaged = Buffer.from(archive)
  damaged.write('Н', text)
  const newer = Buffer.from(
    archive.toString('latin1').replaceAll('2026-11-22-0581-erasures', '2099-11-22-0581-erasures'),
    'latin1',
  )
  const empty = Buffer.concat([...tarBytes('something', Buffer.alloc(0))])

  await expect(put(damaged)).rejects.toThrow(/damaged/)
  await expect(put(archive.subarray(0, archive.length - 3000))).rejects.toThrow(/cut off/)
  await expect(put(newer)).rejects.toThrow(/newer Okno, which knows the migration 2099/)
  await expect(put(empty)).rejects.toThrow(/no archive of a workspace/)
  expect(await isEmpty()).toBe(true)
})

test('a workspace in an empty Okno has the counts and hashes it had, and people go on working', async () => {
  await put(archive)
  const again = await exportOf(elsewhere.url, dataDir)

  expect(again.made.summary).toEqual(made.summary)
  await expect(put(archive)).rejects.toThrow(/here already/)

  const config = readConfig({
    PORT: '0',
    OKNO_DATA_DIR: dataDir,
    OKNO_PUBLIC_URL: 'http://localhost',
    OKNO_SMTP_PORT: 'off',
    OKNO_DEMO: '0',
    OKNO_SECRET_KEY: '09'.repeat(32),
    OKNO_LOG_LEVEL: 'error',
  })
  const moved = await startServer(config, elsewhere.url)
  try {
    const signedIn = await fetch(`${moved.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ADMIN),
    })
    expect(signedIn.status).toBe(200)
    const cookie = signedIn.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    const list = await fetch(`${moved.url}/api/v1/people?q=${encodeURIComponent(GLAFIRA.last)}`, {
      headers: { cookie },
    })
    const { items } = (await list.json()) as { items: { name: string }[] }
    expect(items[0]?.name).toBe(`${GLAFIRA.first} ${GLAFIRA.last}`)
  } finally {
    await moved.stop()
  }
})
