import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { applyMigrations } from './apply-migrations.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** Any constant: all processes of all versions wait for the same lock. */
const LOCK = 741_852_963
const LOCK_POLL_MS = 200
/** A database that accepts and then says nothing is away too. */
const CONNECT_MS = 10_000

/** One file of SQL that takes the schema a step further. */
export interface Migration {
  readonly name: string
  readonly file: string
}

/** Where a migrator says what it does: the process's log. */
export interface MigrationLog {
  info(facts: object, text: string): void
  warn(facts: object, text: string): void
}

interface Options {
  /** Default: all of this version. A restore stops at those that its backup knew. */
  readonly migrations?: readonly Migration[]
  readonly log?: MigrationLog
}

/**
 * Brings the database to this version: the job queue's own tables, then every `migrations/*.sql` of the platform and
 * the modules in one order by file name, under one lock over all processes. Older processes may go on serving meanwhile
 * (docs/guides/change-the-schema.md).
 *
 * @throws Error when an applied migration was edited afterwards, or when one fails (its name and line are in the message).
 */
export async function migrate(url: string, { migrations, log = SILENT }: Options = {}): Promise<void> {
  const wanted = migrations ?? (await findMigrations())
  const holder = await connect(url)
  try {
    await holdLock(holder, log)
    await runMigrations({ connectionString: url })
    const client = await connect(url)
    try {
      await applyMigrations(client, wanted, log)
    } finally {
      await client.end()
    }
  } finally {
    await holder.end()
  }
}

const SILENT: MigrationLog = { info: () => undefined, warn: () => undefined }

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'okno migrate',
    connectionTimeoutMillis: CONNECT_MS,
  })
  // Whoever queries a broken connection gets the error; without a listener Node would end the process.
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/**
 * Waits until no other process migrates. The lock belongs to an open transaction, so that it ends with it also behind a
 * pooler that shares connections. It is asked for again and again: a statement that waits inside PostgreSQL would hold up
 * every index that the other process builds beside the traffic.
 */
async function holdLock(client: pg.Client, log: MigrationLog): Promise<void> {
  for (let isFirst = true; ; isFirst = false) {
    await client.query('begin; set local idle_in_transaction_session_timeout = 0')
    // A statement with parameters would stay open with its view of the data, and such an index waits for those who have an older one.
    const { rows } = await client.query<{ held: boolean }>(`select pg_try_advisory_xact_lock(${LOCK}) as held`)
    if (rows[0]?.held) return
    await client.query('rollback')
    if (isFirst) log.info({}, 'waiting for another process that migrates the database')
    await delay(LOCK_POLL_MS)
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
