import { createHash } from 'node:crypto'
import path from 'node:path'
import type pg from 'pg'
import { TAR_END, tarBytes, tarFile, tarParts } from '../backup/tar.ts'
import { type CarriedTable, ENTRY, JOBS, type Manifest, NOT_CARRIED, type Summary, VERSION } from './archive.ts'
import { findContents, findMigrations, findTables, findWorkspaces, linesOf, openClient } from './tables.queries.ts'

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
    yield* tarBytes(ENTRY.manifest, Buffer.from(JSON.stringify(manifest, null, 2)))
    const summary: Summary = { tables: {}, files: 0 }
    for (const table of tables) summary.tables[table.name] = yield* rowsOf(client, table, workspace.id)
    for (const sha256 of await findContents(client, workspace.id)) {
      yield* tarFile(path.join(from.dataDir, 'files', workspace.id, sha256.slice(0, 2), sha256), ENTRY.file(sha256))
      summary.files++
    }
    yield* tarBytes(ENTRY.summary, Buffer.from(JSON.stringify(summary, null, 2)))
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
  async function* hashed(): AsyncGenerator<Buffer> {
    for await (const lines of linesOf(client, table, workspaceId)) {
      const piece = Buffer.from(`${lines.join('\n')}\n`)
      hash.update(piece)
      rows += lines.length
      yield piece
    }
  }
  yield* tarParts(hashed(), (part) => ENTRY.rows(table.name, part))
  return { rows, sha256: hash.digest('hex') }
}
