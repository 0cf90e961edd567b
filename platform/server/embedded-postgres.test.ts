import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, lstatSync, mkdtempSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isAlive } from './embedded-postgres/postmaster.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'

const asRoot = process.getuid?.() === 0
const WAIT = { timeout: 20_000, interval: 20 }

let dataDir: string
let running: EmbeddedPostgres[]

beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'okno with spaces ')), 'data dir')
  chmodSync(join(dataDir, '..'), 0o755)
  running = []
})
afterEach(async () => {
  await Promise.all(running.map((postgres) => postgres.stop()))
  if (existsSync(dataDir)) rmSync(readFolder(), { recursive: true, force: true })
  rmSync(join(dataDir, '..'), { recursive: true, force: true })
})

const readFolder = () => {
  const path = join(dataDir, 'postgres')
  return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : path
}

async function start(options: { onRestart?: (words: string) => void } = {}) {
  const postgres = await startEmbeddedPostgres({ dataDir, ...options })
  running.push(postgres)
  return postgres
}

async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

test('it brings PostgreSQL 18 with full durability, Russian letters in trigrams, and no way in but a password on this machine', async () => {
  const postgres = await start()

  const [row] = await query<Record<string, unknown>>(
    postgres.url,
    `select current_setting('server_version_num')::int >= 180000 as v18, current_setting('fsync') as fsync,
      current_setting('synchronous_commit') as commit, current_setting('listen_addresses') as listens,
      similarity('Соколова', 'соколов') > 0.5 as trigrams,
      lower('ЁЖ') as lower, to_tsvector('russian', 'обращения') @@ to_tsquery('russian', 'обращение') as stems,
      (select array_agg(extname::text order by extname) from pg_extension) as extensions`,
  )
  expect(row).toEqual({
    v18: true,
    fsync: 'on',
    commit: 'on',
    listens: '127.0.0.1',
    trigrams: true,
    lower: 'ёж',
    stems: true,
    extensions: ['btree_gin', 'pg_trgm', 'plpgsql', 'unaccent'],
  })
  const wrong = new URL(postgres.url)
  wrong.password = 'wrong'
  await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/)
})

test('the role of Okno owns its database and is no superuser', async () => {
  const postgres = await start()

  const rows = await query(
    postgres.url,
    `select current_user as name, rolsuper, rolbypassrls, rolcreaterole,
      (select datdba = pg_roles.oid from pg_database where datname = current_database()) as owner
      from pg_roles where rolname = current_user`,
  )
  expect(rows).toEqual([{ name: 'okno', rolsuper: false, rolbypassrls: false, rolcreaterole: true, owner: true }])
})

test('a second start finds the data of the first one', async () => {
  const first = await start()
  await query(first.url, 'create table kept (n int)')
  await first.stop()
  expect(isAlive(first.pid)).toBe(false)

  const second = await start()

  expect(await query(second.url, 'select count(*)::int as n from kept')).toEqual([{ n: 0 }])
})

test('passwords are readable by their owner only', async () => {
  await start()

  expect(statSync(join(readFolder(), 'passwords.json')).mode & 0o777).toBe(0o600)
})

test.runIf(asRoot)('as root, PostgreSQL runs as another user', async () => {
  const postgres = await start()

  expect(statSync(`/proc/${postgres.pid}`).uid).not.toBe(0)
})

test.runIf(asRoot)('as root, a data folder that nobody else can reach works too', async () => {
  chmodSync(join(dataDir, '..'), 0o700)
  const first = await start()
  await query(first.url, 'create table kept (n int)')
  await first.stop()

  const second = await start()

  expect(await query(second.url, 'select count(*)::int as n from kept')).toEqual([{ n: 0 }])
})

test('a second Okno on the same data folder is refused and leaves the first one alone', async () => {
  const first = await start()

  await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(/already runs with this data folder/)
  expect(await query(first.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('PostgreSQL that is killed is started again at the same address with everything committed', async () => {
  const onRestart = vi.fn()
  const postgres = await start({ onRestart })
  await query(postgres.url, 'create table kept as select 1 as n')
  const killed = postgres.pid

  process.kill(killed, 'SIGKILL')

  await vi.waitFor(async () => {
    expect(postgres.pid).not.toBe(killed)
    expect(await query(postgres.url, 'select n from kept')).toEqual([{ n: 1 }])
  }, WAIT)
  expect(onRestart).toHaveBeenCalled()
})

/** Another process that starts PostgreSQL here; resolves with the main process's number. */
async function startInChild() {
  const script = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL('./embedded-postgres.ts', import.meta.url).href)})
    const postgres = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} })
    console.log(postgres.pid)
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const pid = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (text) => resolve(Number(String(text))))
    child.once('exit', () => reject(new Error('The child ended before PostgreSQL was ready')))
  })
  return { child, pid }
}

test('when Okno is killed, PostgreSQL ends by itself', async () => {
  const { child, pid } = await startInChild()

  child.kill('SIGKILL')

  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), WAIT)
})

test('a start right after Okno was killed recovers at once', async () => {
  const { child, pid } = await startInChild()
  child.kill('SIGKILL')

  const postgres = await start()

  expect(isAlive(pid)).toBe(false)
  expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a note of a dead PostgreSQL whose number now belongs to a stranger does not stop the start', async () => {
  const first = await start()
  await first.stop()
  const stranger = spawn('sleep', ['60'])
  const note = join(readFolder(), 'cluster', 'postmaster.pid')
  execFileSync('sh', ['-c', `printf '%s\\n' ${stranger.pid} x 1 1 '' '' '' ready > "$1"`, 'sh', note])

  const second = await start()

  expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(Number(readFileSync(note, 'utf8').split('\n')[0])).toBe(second.pid)
  stranger.kill()
})
