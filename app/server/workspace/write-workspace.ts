import { createHash } from 'node:crypto'
import path from 'node:path'
import type pg from 'pg'
import { TAR_END, tarBytes, tarFile, tarParts } from '../../../platform/server/tar.ts'
import { type CarriedTable, ENTRY, JOBS, type Manifest, NOT_CARRIED, type Summary, VERSION } from './archive.ts'
import {
  beginReading,
  countRows,
  findContents,
  findMigrations,
  findTables,
  findWorkspaces,
  linesOf,
} from './tables.queries.ts'

/** How far the writing is, in rows and files. `total` is known from the beginning. */
export type TellWriting = (progress: { done: number; total: number }) => Promise<void>

/**
 * Everything of one workspace as a tar stream: every row as of one moment, then the files. Works beside a running Okno. The client's transaction
 * stays open when the stream is left early.
 *
 * @param of.workspaceId undefined = the only one
 * @param of.tell called after each portion; whoever gives it waits for one more reading of everything, to know how much there is
 * @throws Error when there is no such workspace, or several and none was named
 */
export async function* writeWorkspace(
  client: pg.ClientBase,
  of: { dataDir: string; workspaceId?: string | undefined; tell?: TellWriting },
  onDone?: (made: { manifest: Manifest; summary: Summary }) => void,
): AsyncGenerator<Buffer> {
  await beginReading(client)
  const workspace = await choose(client, of.workspaceId)
  const tables = [...(await findTables(client)), { name: JOBS, columns: [] }]
  const contents = await findContents(client, workspace.id)
  const advance = await counter(client, of.tell, tables, { workspaceId: workspace.id, files: contents.length })
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
  for (const table of tables) summary.tables[table.name] = yield* rowsOf(client, table, workspace.id, advance)
  for (const sha256 of contents) {
    const place = path.join(of.dataDir, 'files', workspace.id, sha256.slice(0, 2), sha256)
    // One that was erased since the rows were read is gone for whoever reads the archive too.
    if (yield* tarFile(place, ENTRY.file(sha256))) summary.files++
    await advance(1)
  }
  yield* tarBytes(ENTRY.summary, Buffer.from(JSON.stringify(summary, null, 2)))
  yield TAR_END
  await client.query('commit')
  onDone?.({ manifest, summary })
}

type Advance = (pieces: number) => Promise<void>

async function counter(
  client: pg.ClientBase,
  tell: TellWriting | undefined,
  tables: readonly CarriedTable[],
  { workspaceId, files }: { workspaceId: string; files: number },
): Promise<Advance> {
  if (!tell) return async () => undefined
  const total = (await countRows(client, tables, workspaceId)) + files
  let done = 0
  return (pieces) => {
    done += pieces
    return tell({ done, total })
  }
}

async function choose(client: pg.ClientBase, id: string | undefined) {
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
  client: pg.ClientBase,
  table: CarriedTable,
  workspaceId: string,
  advance: Advance,
): AsyncGenerator<Buffer, Summary['tables'][string]> {
  const hash = createHash('sha256')
  let rows = 0
  async function* hashed(): AsyncGenerator<Buffer> {
    for await (const lines of linesOf(client, table, workspaceId)) {
      const piece = Buffer.from(`${lines.join('\n')}\n`)
      hash.update(piece)
      rows += lines.length
      yield piece
      await advance(lines.length)
    }
  }
  yield* tarParts(hashed(), (part) => ENTRY.rows(table.name, part))
  return { rows, sha256: hash.digest('hex') }
}
