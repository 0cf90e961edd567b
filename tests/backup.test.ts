import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startEmbeddedPostgres } from '../platform/server/embedded-postgres.ts'
import { migrate } from '../platform/server/migrate.ts'
import { newId } from '../platform/shared/ids.ts'
import { readBackup } from '../scripts/backup/read-backup.ts'
import { writeBackup } from '../scripts/backup/write-backup.ts'
import { emptyDatabase, freshDatabase } from './support/database.ts'

const run = promisify(execFile)

let folder: string
let ending: (() => Promise<unknown>)[]

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'okno backup '))
  await chmod(folder, 0o755)
  ending = [() => rm(folder, { recursive: true, force: true })]
})
afterEach(async () => {
  for (const end of ending.reverse()) await end()
})

async function query<Row extends pg.QueryResultRow>(url: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}

const content = Buffer.from('Договор № 17\n')
const workspaceId = newId()

/** A workspace with more text than fits one part of an archive, rows in tables that point at each other, an event, a job under way and a file on disk. */
async function fill(url: string, dataDir: string) {
  const hash = createHash('sha256').update(content)
  const sha256 = hash.digest()
  const place = path.join(dataDir, 'files', workspaceId, sha256.toString('hex').slice(0, 2), sha256.toString('hex'))
  await mkdir(path.dirname(place), { recursive: true })
  await writeFile(place, content)
  await query(url, `insert into platform.workspaces (id, name) values ($1, 'Северный дом')`, [workspaceId])
  await query(
    url,
    `insert into platform.files (workspace_id, name, mime, sha256, size_bytes) values ($1, e'a\\tb\\\\c\\nd.txt', 'text/plain', $2, $3)`,
    [workspaceId, sha256, content.length],
  )
  await query(
    url,
    `insert into platform.search_documents (workspace_id, object, id, title, body)
     select $1, 'note', uuidv7(), 'Заявка ' || n, 'Ёлка' || repeat('. ', 50000) from generate_series(1, 100) n`,
    [workspaceId],
  )
  for (const name of ['first', 'second']) {
    await query(
      url,
      `insert into platform.events (workspace_id, name, data, actor, audience) values ($1, $2, '{}', '{}', '{}')`,
      [workspaceId, `test.${name}`],
    )
  }
  await query(url, `select graphile_worker.add_job('deliver', '{"id": 1}', queue_name => 'account')`)
  await query(url, `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'somebody'`)
}

const CONTENT_OF_DATABASE = `
  select (select json_agg(w order by w.id) from platform.workspaces w) as workspaces,
    (select json_agg(f order by f.id) from platform.files f) as files,
    (select json_agg(json_build_object('name', e.name, 'seq', e.seq) order by e.xid, e.seq) from platform.events e) as events,
    (select md5(string_agg(d::text, '' order by d.id)) from platform.search_documents d) as documents,
    (select json_agg(json_build_object('payload', j.payload, 'attempts', j.attempts)) from graphile_worker._private_jobs j) as jobs,
    (select count(*)::int from pg_constraint where contype = 'f') as keys,
    (select count(*)::int from pg_class where relforcerowsecurity) as forced,
    (select count(*)::int from pg_trigger where tgenabled = 'D') as idle_triggers,
    (select count(*)::int from platform.migrations) as migrations`

test('a backup made beside a running Okno brings everything back on a bare machine', async () => {
  const dataDir = path.join(folder, 'data')
  const otherDir = path.join(folder, 'other data')
  const archive = path.join(folder, 'okno.tar.zst')
  const first = await startEmbeddedPostgres({ dataDir, durable: false })
  ending.push(first.stop)
  await migrate(first.url)
  await fill(first.url, dataDir)
  const before = await query(first.url, CONTENT_OF_DATABASE)

  const made = await run(process.execPath, ['scripts/backup.ts', archive], {
    env: { ...process.env, OKNO_DATA_DIR: dataDir },
  })
  await run(process.execPath, ['scripts/restore.ts', archive], { env: { ...process.env, OKNO_DATA_DIR: otherDir } })

  expect(made.stdout).toMatch(/rows, 1 files/)
  expect((await stat(archive)).mode & 0o777).toBe(0o600)
  const second = await startEmbeddedPostgres({ dataDir: otherDir, durable: false })
  ending.push(second.stop)
  expect(await query(second.url, CONTENT_OF_DATABASE)).toEqual(before)
  const [job] = await query(second.url, 'select locked_at from graphile_worker._private_jobs')
  expect(job).toEqual({ locked_at: null })
  const hex = createHash('sha256').update(content).digest('hex')
  expect(await readFile(path.join(otherDir, 'files', workspaceId, hex.slice(0, 2), hex))).toEqual(content)
  expect(await readFile(path.join(otherDir, 'secret-key'))).toEqual(await readFile(path.join(dataDir, 'secret-key')))
})

test('after a restore numbers go on where they stopped, and restored events are visible to every reader', async () => {
  const { archive, url } = await restored()
  expect(archive.length).toBeGreaterThan(0)

  await query(
    url,
    `insert into platform.events (workspace_id, name, data, actor, audience) values ($1, 'test.third', '{}', '{}', '{}')`,
    [workspaceId],
  )

  // Old is what no transaction of that PostgreSQL can stand before any more; autovacuum may have one open just now.
  const seen = () =>
    query<{ name: string; old: boolean }>(
      url,
      `select name, xid < pg_snapshot_xmin(pg_current_snapshot()) as old from platform.events order by xid, seq`,
    )
  await expect.poll(seen).toEqual(['first', 'second', 'third'].map((name) => ({ name: `test.${name}`, old: true })))
})

test('a database in use is left alone', async () => {
  const { archive, url, dataDir } = await restored()
  await rm(path.join(dataDir, 'files'), { recursive: true })

  await expect(readBackup(inPieces(archive), dataDir, async () => url)).rejects.toThrow(/in use already/)
  expect(await query(url, 'select count(*)::int as n from platform.workspaces')).toEqual([{ n: 1 }])
})

test('an archive that was cut off leaves no rows and no files behind', async () => {
  const { archive } = await restored()
  const database = await emptyDatabase()
  ending.push(database.drop)
  const dataDir = path.join(folder, 'cut')

  const half = archive.subarray(0, archive.length - 3000)
  await expect(readBackup(inPieces(half), dataDir, async () => database.url)).rejects.toThrow(/cut off/)

  expect(await query(database.url, 'select count(*)::int as n from platform.workspaces')).toEqual([{ n: 0 }])
  await expect(stat(path.join(dataDir, 'files'))).rejects.toThrow(/ENOENT/)
  await readBackup(inPieces(archive), dataDir, async () => database.url)
  expect(await query(database.url, 'select count(*)::int as n from platform.workspaces')).toEqual([{ n: 1 }])
})

async function restored() {
  const source = await freshDatabase()
  const target = await emptyDatabase()
  ending.push(source.drop, target.drop)
  const dataDir = path.join(folder, 'source')
  const targetDir = path.join(folder, 'target')
  await fill(source.url, dataDir)

  const pieces: Buffer[] = []
  for await (const piece of writeBackup({ databaseUrl: source.url, dataDir }, () => undefined))
    pieces.push(Buffer.from(piece))
  const archive = Buffer.concat(pieces)
  await readBackup(inPieces(archive), targetDir, async () => target.url)
  return { archive, url: target.url, dataDir: targetDir }
}

/** In sizes that fit no block of the archive. */
async function* inPieces(archive: Buffer) {
  const sizeBytes = 10_007 + (randomBytes(1)[0] ?? 0)
  for (let at = 0; at < archive.length; at += sizeBytes) yield archive.subarray(at, at + sizeBytes)
}

test('a file that is erased while the backup is written is no reason to have none', async () => {
  const source = await freshDatabase()
  ending.push(source.drop)
  const place = (hex: string) => path.join(folder, 'data', 'files', workspaceId, hex.slice(0, 2), hex)
  const [kept, erased] = ['0'.repeat(64), 'f'.repeat(64)]
  for (const hex of [kept, erased]) {
    await mkdir(path.dirname(place(hex)), { recursive: true })
    await writeFile(place(hex), content)
  }
  let files: number | undefined

  for await (const piece of writeBackup({ databaseUrl: source.url, dataDir: path.join(folder, 'data') }, (summary) => {
    files = summary.files
  }))
    if (piece.includes(content)) await rm(place(erased))

  expect(files).toBe(1)
})
