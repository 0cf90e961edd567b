import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readTar } from '../platform/server/tar.ts'
import { ENTRY, manifest } from '../scripts/backup/archive.ts'
import { readBackup } from '../scripts/backup/read-backup.ts'
import { writeBackup } from '../scripts/backup/write-backup.ts'
import { emptyDatabase, type TestDatabase } from './support/database.ts'
import { type OknoProcess, startOknoProcess } from './support/okno-process.ts'
import { eventually, type TestOkno, testPlatform } from './support/platform.ts'

const WRITERS = 6
/** Messages before the backup begins, and again while it runs. */
const SOME = 40

let okno: TestOkno
let target: TestDatabase
let targetDir: string
let restored: pg.Client
let later: OknoProcess | undefined
/** Every message that was acknowledged, with the hash of its file. */
const acknowledged = new Map<string, string>()
let acknowledgedBefore: string[]
let first: Archive

beforeAll(async () => {
  okno = await testPlatform()
  target = await emptyDatabase()
  targetDir = await mkdtemp(path.join(tmpdir(), 'okno-restored-'))
  const { key } = await okno.modules.channels.createAccount(okno.admin, { kind: 'api', name: 'Shop', config: {} })
  const writers = startWriters(`${okno.url}/in/${key}`)

  await eventually(() => acknowledged.size >= SOME)
  // Some of them have become messages, whatever else the machine does.
  await eventually(
    async () => ((await okno.platform.database.pool.query('select from inbox.messages')).rowCount ?? 0) > 0,
  )
  acknowledgedBefore = [...acknowledged.keys()]
  const pieces: Buffer[] = []
  for await (const piece of backupOf(okno.database.url, okno.platform.config.dataDir)) {
    pieces.push(Buffer.from(piece))
    // The moment of the backup lies before its first byte: what comes now must not get in, not even in part.
    if (pieces.length === 1) await eventually(() => acknowledged.size >= acknowledgedBefore.length + SOME)
  }
  await writers.stop()

  first = await contentsOf(pieces)
  await readBackup(inOne(pieces), targetDir, async () => target.url)
  restored = new pg.Client(target.adminUrl)
  await restored.connect()
})
afterAll(async () => {
  await later?.stop()
  await restored?.end()
  await okno.close()
  await target.drop()
  await rm(targetDir, { recursive: true, force: true })
})

/** Customers who write all the time, each message with a file of its own. */
function startWriters(address: string) {
  let isStopped = false
  const write = async (writer: number) => {
    for (let n = 1; !isStopped; n++) {
      const id = `m-${writer}-${n}`
      const content = Buffer.from(`File of ${id}\n`.repeat(200))
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          id,
          from: { id: `customer-${writer}`, name: `Customer ${writer}` },
          text: id,
          files: [{ name: `${id}.txt`, contentBase64: content.toString('base64') }],
        }),
      })
      if (response.status === 202) acknowledged.set(id, sha256(content))
    }
  }
  const running = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)))
  return {
    stop: async () => {
      isStopped = true
      await running
    },
  }
}

const backupOf = (databaseUrl: string, dataDir: string) => writeBackup({ databaseUrl, dataDir }, () => undefined)
const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest('hex')
async function* inOne(pieces: readonly Buffer[]) {
  yield Buffer.concat(pieces)
}

/** Rows and hash of every table, hash of every file. */
interface Archive {
  readonly tables: Record<string, { rows: number; hash: string }>
  readonly files: Record<string, string>
}

async function contentsOf(pieces: readonly Buffer[]): Promise<Archive> {
  const parts = new Map<number, Buffer[]>()
  const files: Record<string, string> = {}
  let names: string[] = []
  for await (const { name, content } of readTar(inOne(pieces))) {
    const chunks: Buffer[] = []
    for await (const chunk of content) chunks.push(Buffer.from(chunk))
    const bytes = Buffer.concat(chunks)
    const table = ENTRY.rowsPattern.exec(name)?.[1]
    const file = ENTRY.filePattern.exec(name)?.[1]
    if (name === ENTRY.manifest) names = manifest.parse(JSON.parse(bytes.toString())).tables.map((one) => one.name)
    if (table !== undefined) parts.set(Number(table), [...(parts.get(Number(table)) ?? []), bytes])
    if (file !== undefined) files[file] = sha256(bytes)
  }
  const tables = names.map((name, number) => {
    // One row a line; their order on disk means nothing.
    const lines = Buffer.concat(parts.get(number) ?? [])
      .toString()
      .split('\n')
      .slice(0, -1)
      .sort()
    return [name, { rows: lines.length, hash: sha256(lines.join('\n')) }] as const
  })
  return { tables: Object.fromEntries(tables), files }
}

const column = async <Value>(sql: string) =>
  (await restored.query<{ value: Value }>(`select ${sql} order by 1`)).rows.map(({ value }) => value)

test('a backup of the restored Okno is the same, table by table and file by file', async () => {
  const pieces: Buffer[] = []
  for await (const piece of backupOf(target.url, targetDir)) pieces.push(Buffer.from(piece))
  const second = await contentsOf(pieces)

  // A job that somebody was at starts over after a restore.
  const jobs = ['graphile_worker._private_jobs', 'graphile_worker._private_job_queues']
  for (const name of jobs) {
    expect(second.tables[name]?.rows, name).toBe(first.tables[name]?.rows)
    delete second.tables[name]
    delete first.tables[name]
  }
  expect(second.tables).toEqual(first.tables)
  expect(second.files).toEqual(first.files)
})

test('all that was acknowledged before the backup began is in it', async () => {
  const stored = new Set(await column<string>('key as value from channels.arrivals'))

  expect(acknowledgedBefore.filter((id) => !stored.has(id))).toEqual([])
  expect(acknowledged.size).toBeGreaterThan(stored.size)
})

test('nothing is in it by half: what was read has its message, its file and the bytes of the file', async () => {
  const read = await column<string>(`key as value from channels.arrivals where state = 'read'`)
  expect(read.length).toBeGreaterThan(0)
  expect(await column(`text as value from inbox.messages where direction = 'in'`)).toEqual(read)

  const { rows } = await restored.query<{ text: string; hex: string; place: string }>(
    `select m.text, encode(f.sha256, 'hex') as hex, f.workspace_id as place from inbox.messages m
     join inbox.attachments a on a.message_id = m.id join platform.files f on f.id = a.file_id`,
  )
  expect(rows.map(({ text }) => text).sort()).toEqual([...read].sort())
  for (const { text, hex, place } of rows) {
    expect(hex, text).toBe(acknowledged.get(text))
    expect(sha256(await readFile(path.join(targetDir, 'files', place, hex.slice(0, 2), hex))), text).toBe(hex)
  }
  const gaps = await restored.query(
    'select conversation_id from inbox.messages group by conversation_id having max(seq) <> count(*) or min(seq) <> 1',
  )
  expect(gaps.rows).toEqual([])
})

test('an Okno started on it reads what was stored but not read yet', async () => {
  later = await startOknoProcess({
    OKNO_DATA_DIR: targetDir,
    DATABASE_URL: target.url,
    OKNO_SECRET_KEY: Buffer.from(okno.platform.config.secretKey).toString('hex'),
  })

  await eventually(async () => (await column(`key as value from channels.arrivals where state <> 'read'`)).length === 0)
  expect(await column(`text as value from inbox.messages where direction = 'in'`)).toEqual(
    await column('key as value from channels.arrivals'),
  )
})
