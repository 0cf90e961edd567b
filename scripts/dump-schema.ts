import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '../platform/server/embedded-postgres.ts'
import { migrate } from '../platform/server/migrate.ts'
import { describeSchema } from './describe-schema.queries.ts'

const FILE = path.resolve(import.meta.dirname, '../database/schema.sql')
const HEADER = '-- What all migrations together make, for reading and reviewing. Written by `npm run db:dump`.\n\n'

/** The schema of an empty database after every migration. */
async function schemaOfMigrations(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'okno-schema-'))
  await chmod(folder, 0o755)
  const postgres = await startEmbeddedPostgres({ dataDir: folder, durable: false })
  try {
    await migrate(postgres.url)
    const client = new pg.Client(postgres.url)
    await client.connect()
    try {
      return HEADER + (await describeSchema(client))
    } finally {
      await client.end()
    }
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The first line in which two texts differ, with what each has there. */
function firstDifference(stored: string, made: string): string {
  const [left, right] = [stored.split('\n'), made.split('\n')]
  const at = right.findIndex((line, index) => line !== left[index])
  const line = at === -1 ? right.length : at
  return `line ${line + 1}:\n  stored:     ${left[line] ?? '(end)'}\n  migrations: ${right[line] ?? '(end)'}`
}

const made = await schemaOfMigrations()
const stored = existsSync(FILE) ? readFileSync(FILE, 'utf8') : ''
if (process.argv.includes('--write')) writeFileSync(FILE, made)
else if (stored !== made) {
  console.log(
    `database/schema.sql is not what the migrations make; \`npm run db:dump\` writes it.\n${firstDifference(stored, made)}`,
  )
  process.exitCode = 1
}
