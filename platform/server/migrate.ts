import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** Any constant: all processes of all versions wait for the same lock. */
const LOCK = 741_852_963

/** A database that accepts and then says nothing is away too. */
const CONNECT_MS = 10_000

interface Migration {
  name: string
  file: string
}

/**
 * Brings the database to this version: the job queue's own tables, then every `migrations/*.sql` of the platform and
 * the modules in one order by file name, each in its own transaction, under one lock over all processes.
 *
 * @param options.only names of migrations to stop at, to bring back a schema of the past
 * @throws Error when an applied migration was edited afterwards, or when one fails (its name is in the message).
 */
export async function migrate(url: string, options: { only?: ReadonlySet<string> } = {}): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'okno migrate',
    connectionTimeoutMillis: CONNECT_MS,
  })
  // A broken connection is told by the query that waits; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await runMigrations({ connectionString: url })
    await client.query(`create schema if not exists platform`)
    await client.query(
      `create table if not exists platform.migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())`,
    )
    const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from platform.migrations')
    const applied = new Map(rows.map((row) => [row.name, row.hash]))
    const migrations = (await findMigrations()).filter(({ name }) => options.only?.has(name) ?? true)
    for (const migration of migrations) await apply(client, migration, applied.get(migration.name))
  } finally {
    await client.end()
  }
}

async function apply(client: pg.Client, { name, file }: Migration, appliedHash: string | undefined) {
  const text = await readFile(file, 'utf8')
  const hash = createHash('sha256').update(text).digest('hex')
  if (appliedHash === hash) return
  if (appliedHash) throw new Error(`Migration ${name} was changed after it had been applied. Add a new one instead.`)
  try {
    await client.query('begin')
    await client.query(text)
    await client.query('insert into platform.migrations (name, hash) values ($1, $2)', [name, hash])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw new Error(`Migration ${name} failed: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

/** All migrations in the order in which they run. Two of one name would hide each other, so names are unique. */
export async function findMigrations(): Promise<Migration[]> {
  const modules = await readdir(path.join(ROOT, 'modules'), { withFileTypes: true })
  const folders = [
    path.join(ROOT, 'platform/server/migrations'),
    ...modules.filter((m) => m.isDirectory()).map((m) => path.join(ROOT, 'modules', m.name, 'server/migrations')),
  ]
  const found: Migration[] = []
  for (const folder of folders) {
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    })
    for (const name of names) if (name.endsWith('.sql')) found.push({ name, file: path.join(folder, name) })
  }
  found.sort((a, b) => (a.name < b.name ? -1 : 1))
  const twice = found.find((migration, i) => migration.name === found[i + 1]?.name)
  if (twice) throw new Error(`Two migrations are named ${twice.name}.`)
  return found
}
