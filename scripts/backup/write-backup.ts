import { existsSync, globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { TAR_END, tarBytes, tarFile, tarParts } from '../../platform/server/tar.ts'
import { type BackedUpTable, ENTRY, FORMAT, type Manifest, type Summary } from './archive.ts'
import {
  copyOut,
  findHiddenTables,
  findMigrationNames,
  findSequences,
  findTables,
  openClient,
  stopTheClock,
} from './catalogue.queries.ts'

/**
 * The whole of Okno as a tar stream: every row as of one moment, then the files, which are never changed once written.
 * Works beside a running Okno.
 *
 * @param onDone told at the end how much the archive holds
 */
export async function* writeBackup(
  from: { databaseUrl: string; dataDir: string },
  onDone: (summary: Summary) => void,
): AsyncGenerator<Buffer> {
  const rows: Record<string, number> = {}
  yield* fromDatabase(from.databaseUrl, from.dataDir, rows)
  let files = 0
  for (const name of storedFiles(from.dataDir)) {
    // One that was listed may be erased by now.
    if (yield* tarFile(path.join(from.dataDir, 'files', name), ENTRY.file(name))) files++
  }
  yield* tarBytes(ENTRY.summary, Buffer.from(JSON.stringify({ rows, files } satisfies Summary)))
  yield TAR_END
  onDone({ rows, files })
}

async function* fromDatabase(url: string, dataDir: string, rows: Record<string, number>): AsyncGenerator<Buffer> {
  const client = await openClient(url)
  try {
    await stopTheClock(client)
    const hidden = await findHiddenTables(client)
    if (hidden.length > 0) throw new Error(`This database role does not see all rows of ${hidden.join(', ')}.`)
    const tables = await findTables(client)
    const manifest: Manifest = {
      format: FORMAT,
      createdAt: new Date().toISOString(),
      migrations: await findMigrationNames(client),
      tables,
      sequences: await findSequences(client),
    }
    yield* tarBytes(ENTRY.manifest, Buffer.from(JSON.stringify(manifest)))
    const key = path.join(dataDir, 'secret-key')
    if (existsSync(key)) yield* tarBytes(ENTRY.secretKey, await readFile(key))
    for (const [number, table] of tables.entries()) rows[table.name] = yield* rowsOf(client, table, number)
  } finally {
    await client.end()
  }
}

/** Yields the rows of one table and returns how many there were. */
async function* rowsOf(client: pg.Client, table: BackedUpTable, number: number): AsyncGenerator<Buffer, number> {
  const stream = client.query(copyTo(copyOut(table)))
  // The stream is typed by what any stream may carry; COPY carries bytes.
  yield* tarParts(stream as AsyncIterable<Buffer>, (part) => ENTRY.rows(number, part))
  return stream.rowCount
}

/** Names relative to the folder of files; what is still being written has another form of name. */
const storedFiles = (dataDir: string) =>
  globSync('*/*/*', { cwd: path.join(dataDir, 'files') })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => ENTRY.filePattern.test(ENTRY.file(name)))
    .sort()
