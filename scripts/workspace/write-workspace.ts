import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { TAR_END, tarHeader, tarPadding } from '../backup/tar.ts'
import { type CarriedTable, ENTRY, JOBS, type Manifest, NOT_CARRIED, type Summary, VERSION } from './archive.ts'
import { findContents, findMigrations, findTables, findWorkspaces, linesOf, openClient } from './tables.queries.ts'

/** Lines are gathered up to this size before they are written: memory stays flat however large a table is. */
const PART_BYTES = 4 * 1024 * 1024

/**
 * Everything of one workspace as a tar stream: every row as of one moment, then the files. Works beside a running Okno.
 * @param workspaceId undefined = the only one
 * @throws Error when there is no such workspace, or several and none was named
 */
export async function* writeWorkspace(
  from: { databaseUrl: string; dataDir: string; workspaceId?: string | undefined },
  onDone: (made: { manifest: Manifest; summary: Summary }) => void,
): AsyncGenerator<Buffer> {
  const client = await openClient(from.databaseUrl)
  try {
    await client.query('begin isolation level repeatable read read only')
    const workspace = await choose(client, from.workspaceId)
    const tables = [...(await findTables(client)), { name: JOBS, columns: [] }]
    const manifest: Manifest = {
      format: 'okno-workspace',
      version: VERSION,
      createdAt: new Date().toISOString(),
      workspace,
      migrations: await findMigrations(client),
      tables,
      notCarried: NOT_CARRIED,
    }
    yield* bytes(ENTRY.manifest, Buffer.from(JSON.stringify(manifest, null, 2)))
    const summary: Summary = { tables: {}, files: 0 }
    for (const table of tables) summary.tables[table.name] = yield* rowsOf(client, table, workspace.id)
    for (const sha256 of await findContents(client, workspace.id)) {
      yield* file(path.join(from.dataDir, 'files', workspace.id, sha256.slice(0, 2), sha256), ENTRY.file(sha256))
      summary.files++
    }
    yield* bytes(ENTRY.summary, Buffer.from(JSON.stringify(summary, null, 2)))
    yield TAR_END
    onDone({ manifest, summary })
  } finally {
    await client.end()
  }
}

async function choose(client: pg.Client, id: string | undefined) {
  const all = await findWorkspaces(client)
  const [found] = id === undefined ? all : all.filter((one) => one.id === id)
  if (found && (id !== undefined || all.length === 1)) return found
  const known = all.map((one) => `  ${one.id}  ${one.name}`).join('\n')
  throw new Error(
    found ? `There are several workspaces. Name one:\n${known}` : `There is no such workspace. Known are:\n${known}`,
  )
}

/** Yields the rows of one table and returns how many there were, and what their lines hash to. */
async function* rowsOf(
  client: pg.Client,
  table: CarriedTable,
  workspaceId: string,
): AsyncGenerator<Buffer, Summary['tables'][string]> {
  const hash = createHash('sha256')
  let rows = 0
  let part = 0
  let gathered: Buffer[] = []
  let size = 0
  for await (const lines of linesOf(client, table, workspaceId)) {
    const piece = Buffer.from(`${lines.join('\n')}\n`)
    hash.update(piece)
    rows += lines.length
    gathered.push(piece)
    size += piece.length
    if (size < PART_BYTES) continue
    yield* bytes(ENTRY.rows(table.name, part++), Buffer.concat(gathered))
    gathered = []
    size = 0
  }
  if (size > 0) yield* bytes(ENTRY.rows(table.name, part), Buffer.concat(gathered))
  return { rows, sha256: hash.digest('hex') }
}

function* bytes(name: string, content: Buffer): Generator<Buffer> {
  yield tarHeader(name, content.length)
  yield content
  yield tarPadding(content.length)
}

async function* file(place: string, name: string): AsyncGenerator<Buffer> {
  const { size } = statSync(place)
  yield tarHeader(name, size)
  if (size > 0) yield* createReadStream(place, { end: size - 1 }) as AsyncIterable<Buffer>
  yield tarPadding(size)
}
