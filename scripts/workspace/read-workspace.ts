import { createHash } from 'node:crypto'
import { createWriteStream, existsSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import {
  type CarriedTable,
  ENTRY,
  type Manifest,
  manifest,
  type Summary,
  summary,
} from '../../app/server/workspace/archive.ts'
import {
  findMigrations,
  findOwnArrows,
  findWorkspaces,
  linesOf,
  openClient,
  pointBack,
  putIn,
} from '../../app/server/workspace/tables.queries.ts'
import { readTar, type TarEntry } from '../../platform/server/tar.ts'

/** Rows put in with one statement. */
const BATCH = 1000

/**
 * Puts a workspace into an Okno that does not have it: all rows in one transaction, which ends only when every table holds as many rows with the same hash
 * as the archive says. Nothing is kept when it fails.
 *
 * @throws Error when the workspace is there already, or the archive is no such one, of a newer Okno, damaged or cut off
 */
export async function readWorkspace(
  archive: AsyncIterable<Uint8Array>,
  into: { databaseUrl: string; dataDir: string },
): Promise<{ manifest: Manifest; summary: Summary }> {
  const entries = readTar(archive)
  const made = await readManifest(entries)
  const client = await openClient(into.databaseUrl)
  const folder = path.join(into.dataDir, 'files', made.workspace.id)
  try {
    await client.query('begin')
    await assertFits(client, made)
    if (existsSync(folder)) throw new Error(`${folder} holds files of this workspace already.`)
    try {
      const told = await load(client, made, entries, folder)
      await client.query('commit')
      await client.query('analyze')
      return { manifest: made, summary: told }
    } catch (error) {
      rmSync(folder, { recursive: true, force: true })
      throw error
    }
  } finally {
    await client.end()
  }
}

async function readManifest(entries: AsyncGenerator<TarEntry>): Promise<Manifest> {
  const { value: first, done } = await entries.next()
  if (done || first.name !== ENTRY.manifest) throw new Error('This is no archive of a workspace.')
  const told: unknown = JSON.parse((await whole(first)).toString())
  const parsed = manifest.safeParse(told)
  if (!parsed.success)
    throw new Error('This archive has a form that this Okno does not know: was it made by a newer one?')
  return parsed.data
}

async function assertFits(client: pg.Client, made: Manifest): Promise<void> {
  const known = new Set(await findMigrations(client))
  const newer = made.migrations.find((name) => !known.has(name))
  if (newer) throw new Error(`This archive was made by a newer Okno, which knows the migration ${newer}.`)
  if ((await findWorkspaces(client)).some(({ id }) => id === made.workspace.id))
    throw new Error(
      `The workspace ${made.workspace.name} is here already. It is put into an Okno that does not have it.`,
    )
}

async function load(
  client: pg.Client,
  made: Manifest,
  entries: AsyncGenerator<TarEntry>,
  folder: string,
): Promise<Summary> {
  const ownArrows = await findOwnArrows(client)
  const tables = new Map(made.tables.map((table) => [table.name, table]))
  const waiting = new Map<string, string[]>()
  let files = 0
  let expected: Summary | undefined
  for await (const entry of entries) {
    const tableName = ENTRY.rowsPattern.exec(entry.name)?.[1]
    const sha256 = ENTRY.filePattern.exec(entry.name)?.[1]
    if (tableName !== undefined) {
      const table = tables.get(tableName)
      if (!table) throw new Error(`The archive holds rows of an unknown table: ${entry.name}`)
      await putRows(client, table, entry, { later: ownArrows.get(tableName) ?? [], waiting })
    } else if (sha256 !== undefined) {
      await keepFile(folder, sha256, entry)
      files++
    } else if (entry.name === ENTRY.summary) expected = summary.parse(JSON.parse((await whole(entry)).toString()))
    else throw new Error(`The archive holds something unknown: ${entry.name}`)
  }
  if (!expected) throw new Error('The archive is cut off.')
  for (const [name, lines] of waiting) {
    const table = tables.get(name)
    if (table) await pointBack(client, table, lines, ownArrows.get(name) ?? [])
  }
  if (files !== expected.files)
    throw new Error(`There should be ${expected.files} files, but ${files} came out of the archive.`)
  for (const table of made.tables) await compare(client, table, made.workspace.id, expected)
  return expected
}

async function putRows(
  client: pg.Client,
  table: CarriedTable,
  entry: TarEntry,
  { later, waiting }: { later: readonly string[]; waiting: Map<string, string[]> },
): Promise<void> {
  const lines = (await whole(entry)).toString().split('\n').slice(0, -1)
  for (let from = 0; from < lines.length; from += BATCH)
    await putIn(client, table, lines.slice(from, from + BATCH), later)
  if (later.length === 0) return
  const pointing = lines.filter((line) => {
    const row = JSON.parse(line) as Record<string, unknown>
    return later.some((column) => row[column] !== null && row[column] !== undefined)
  })
  waiting.set(table.name, [...(waiting.get(table.name) ?? []), ...pointing])
}

/** Reads what was put in once more, as an export would, and compares it with what the archive says. */
async function compare(client: pg.Client, table: CarriedTable, workspaceId: string, expected: Summary): Promise<void> {
  const hash = createHash('sha256')
  let rows = 0
  for await (const lines of linesOf(client, table, workspaceId)) {
    hash.update(`${lines.join('\n')}\n`)
    rows += lines.length
  }
  const told = expected.tables[table.name]
  if (told?.rows !== rows)
    throw new Error(`${table.name} should have ${told?.rows} rows, but ${rows} came out of the archive.`)
  if (told.sha256 !== hash.digest('hex'))
    throw new Error(`The archive is damaged: rows of ${table.name} are not what they were.`)
}

/** The bytes must be those that the name says. */
async function keepFile(folder: string, sha256: string, entry: TarEntry): Promise<void> {
  const place = path.join(folder, sha256.slice(0, 2), sha256)
  mkdirSync(path.dirname(place), { recursive: true })
  const hash = createHash('sha256')
  const hashing = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await pipeline(entry.content, hashing, createWriteStream(place, { flags: 'wx', mode: 0o600, flush: true }))
  if (hash.digest('hex') !== sha256) throw new Error(`The archive is damaged: the file ${sha256} is not what it was.`)
}

async function whole({ content }: TarEntry): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of content) pieces.push(piece)
  return Buffer.concat(pieces)
}
