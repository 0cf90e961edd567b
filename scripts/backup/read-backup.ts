import { createWriteStream, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { findMigrations, migrate } from '../../platform/server/migrate.ts'
import { readTar, type TarEntry } from '../../platform/server/tar.ts'
import { type BackedUpTable, ENTRY, type Manifest, manifest, type Summary, summary } from './archive.ts'
import { copyIn, isUnused, openClient, prepareForRows, settle } from './catalogue.queries.ts'

/**
 * Fills an unused database and data folder from the tar stream of a backup: the schema as it was then, all rows in one
 * transaction, the files. No row is kept when it fails. Newer migrations follow at the next start.
 *
 * @param openDatabase called once the secret key lies in its place
 * @throws Error when something is there already, or the archive is of a newer Okno, damaged or cut off
 */
export async function readBackup(
  archive: AsyncIterable<Uint8Array>,
  dataDir: string,
  openDatabase: () => Promise<string>,
): Promise<Summary> {
  assertNoFiles(dataDir)
  const entries = readTar(archive)
  const made = manifest.parse(JSON.parse((await whole(await next(entries))).toString()))
  const known = await findMigrations()
  const newer = made.migrations.find((name) => known.every((migration) => migration.name !== name))
  if (newer) throw new Error(`This backup was made by a newer Okno, which knows the migration ${newer}.`)

  const second = await next(entries)
  const key = second.name === ENTRY.secretKey ? await whole(second) : undefined
  const url = await openDatabase()
  const client = await openClient(url)
  try {
    if (!(await isUnused(client)))
      throw new Error('This database is in use already. A backup is restored into an empty one.')
    if (key) keepSecretKey(dataDir, key)
    await migrate(url, { migrations: known.filter(({ name }) => made.migrations.includes(name)) })
    return await load(client, made, key ? undefined : second, entries, dataDir)
  } catch (error) {
    // The folder was empty before, so all that lies there came out of this archive.
    rmSync(path.join(dataDir, 'files'), { recursive: true, force: true })
    throw error
  } finally {
    await client.end()
  }
}

function assertNoFiles(dataDir: string): void {
  const folder = path.join(dataDir, 'files')
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new Error(`${folder} holds files already. A backup is restored into an empty data folder.`)
  }
}

/** An unused database has nothing encrypted with the key that may have been made at a first start, so it gives way. */
function keepSecretKey(dataDir: string, key: Buffer): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  writeFileSync(path.join(dataDir, 'secret-key'), key, { mode: 0o600, flush: true })
}

async function load(
  client: pg.Client,
  { tables, sequences }: Manifest,
  first: TarEntry | undefined,
  rest: AsyncGenerator<TarEntry>,
  dataDir: string,
): Promise<Summary> {
  await client.query('begin')
  const putBack = await prepareForRows(client, tables)
  const rows = new RowLoader(client, tables)
  let files = 0
  let expected: Summary | undefined
  for await (const entry of first ? startingWith(first, rest) : rest) {
    const tableNumber = ENTRY.rowsPattern.exec(entry.name)?.[1]
    const fileName = ENTRY.filePattern.exec(entry.name)?.[1]
    if (tableNumber !== undefined) await rows.add(Number(tableNumber), entry)
    else if (fileName !== undefined) {
      await keepFile(path.join(dataDir, 'files', fileName), entry)
      files++
    } else if (entry.name === ENTRY.summary) expected = summary.parse(JSON.parse((await whole(entry)).toString()))
    else throw new Error(`The archive holds something unknown: ${entry.name}`)
  }
  await rows.finish()
  if (!expected) throw new Error('The archive is cut off.')
  compare(expected, { rows: rows.counts, files })
  await settle(client, sequences)
  for (const statement of putBack) await client.query(statement)
  await client.query('commit')
  await client.query('analyze')
  return expected
}

async function* startingWith<Item>(first: Item, rest: AsyncGenerator<Item>): AsyncGenerator<Item> {
  yield first
  yield* rest
}

function compare(expected: Summary, found: Summary): void {
  for (const [name, count] of Object.entries(expected.rows)) {
    const got = found.rows[name] ?? 0
    if (got !== count) throw new Error(`${name} should have ${count} rows, but ${got} came out of the archive.`)
  }
  if (expected.files !== found.files)
    throw new Error(`There should be ${expected.files} files, but ${found.files} came out.`)
}

/** Rows of one table lie in several entries one after the other; they go into one COPY. */
class RowLoader {
  readonly counts: Record<string, number> = {}
  readonly #client: pg.Client
  readonly #tables: readonly BackedUpTable[]
  #open: { number: number; stream: ReturnType<typeof copyFrom>; done: Promise<void> } | undefined

  constructor(client: pg.Client, tables: readonly BackedUpTable[]) {
    this.#client = client
    this.#tables = tables
  }

  async add(number: number, entry: TarEntry): Promise<void> {
    if (this.#open?.number !== number) {
      await this.finish()
      const table = this.#tables[number]
      if (!table) throw new Error(`The archive holds rows of an unknown table: ${entry.name}`)
      const stream = this.#client.query(copyFrom(copyIn(table)))
      const done = new Promise<void>((resolve, reject) => stream.once('finish', resolve).once('error', reject))
      // Whoever waits next sees the error; until then it must not count as unheard.
      done.catch(() => undefined)
      this.#open = { number, stream, done }
    }
    const { stream, done } = this.#open
    for await (const piece of entry.content) {
      if (!stream.write(piece)) await Promise.race([new Promise((resolve) => stream.once('drain', resolve)), done])
    }
  }

  async finish(): Promise<void> {
    if (!this.#open) return
    const { number, stream, done } = this.#open
    this.#open = undefined
    stream.end()
    await done
    const name = this.#tables[number]?.name
    if (name) this.counts[name] = stream.rowCount
  }
}

async function keepFile(place: string, entry: TarEntry): Promise<void> {
  mkdirSync(path.dirname(place), { recursive: true })
  await pipeline(entry.content, createWriteStream(place, { flags: 'wx', flush: true }))
}

async function next(entries: AsyncGenerator<TarEntry>): Promise<TarEntry> {
  const { value, done } = await entries.next()
  if (done) throw new Error('The archive is empty.')
  return value
}

async function whole({ content }: TarEntry): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of content) pieces.push(piece)
  return Buffer.concat(pieces)
}
