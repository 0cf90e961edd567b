import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Migration, MigrationLog } from './migrate.ts'
import { isOutage } from './outage.ts'

/**
 * So long a change of a table waits for those who use it. Whoever asks for the table after it waits behind it, so this is
 * also the longest that a migration makes anybody wait who only reads or writes.
 */
const TABLE_LOCK_MS = 1_000
/** Lets those through who stood behind it before it tries again. */
const PAUSE_MS = 500
/** A minute and a half: longer than any request or job of ours holds a table. */
const ATTEMPTS = 60
/** lock_not_available, deadlock_detected. */
const BUSY = new Set(['55P03', '40P01'])

/**
 * Applies what this database does not have yet, in order, each in a transaction of its own: a migration that fails leaves
 * nothing of itself, and those before it stay. The caller holds the lock over all processes.
 *
 * @throws Error naming the migration that was edited after it had been applied, or that failed; what broke the connection as it is
 */
export async function applyMigrations(
  client: pg.Client,
  migrations: readonly Migration[],
  log: MigrationLog,
): Promise<void> {
  const began = performance.now()
  await client.query('create schema if not exists platform')
  await client.query(
    'create table if not exists platform.migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())',
  )
  const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from platform.migrations')
  const applied = new Map(rows.map((row) => [row.name, row.hash]))
  const done: string[] = []
  for (const { name, file } of migrations) {
    const text = await readFile(file, 'utf8')
    const hash = createHash('sha256').update(text).digest('hex')
    const appliedHash = applied.get(name)
    if (appliedHash === hash) continue
    if (appliedHash) throw new Error(`Migration ${name} was changed after it had been applied. Add a new one instead.`)
    try {
      await apply(client, { name, hash, text }, log)
    } catch (cause) {
      // Not the migration's fault: whoever starts Okno waits for the database and comes again.
      if (isOutage(cause)) throw cause
      throw new Error(`Migration ${name} failed${whatWentWrong(cause, text)}`, { cause })
    }
    done.push(name)
  }
  if (done.length > 0)
    log.info({ migrations: done, ms: Math.round(performance.now() - began) }, 'database brought to this version')
}

interface Step {
  readonly name: string
  readonly hash: string
  readonly text: string
}

const REMEMBER = 'insert into platform.migrations (name, hash) values ($1, $2)'

async function apply(client: pg.Client, step: Step, log: MigrationLog): Promise<void> {
  if (/\bconcurrently\b/i.test(withoutComments(step.text))) return applyBesideTraffic(client, step)
  for (let attempt = 1; ; attempt++) {
    try {
      return await applyInTransaction(client, step)
    } catch (error) {
      if (!(error instanceof pg.DatabaseError && BUSY.has(error.code ?? '')) || attempt === ATTEMPTS) throw error
      log.warn({ migration: step.name, attempt }, 'migration: a table is in use, trying again')
      await delay(PAUSE_MS)
    }
  }
}

async function applyInTransaction(client: pg.Client, { name, hash, text }: Step): Promise<void> {
  try {
    await client.query(`begin; set local lock_timeout = ${TABLE_LOCK_MS}`)
    await client.query(text)
    await client.query(REMEMBER, [name, hash])
    await client.query('commit')
  } catch (error) {
    // On a lost connection PostgreSQL has rolled back by itself; what failed first is what the reader must hear of.
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

/** The name of the index, with its schema. */
const CREATE_INDEX =
  /^\s*create\s+(?:unique\s+)?index\s+concurrently\s+if\s+not\s+exists\s+(?<index>\w+)\s+on\s+(?<schema>\w+)\.\w+[^;]*;?\s*$/i
const DROP_INDEX = /^\s*drop\s+index\s+concurrently\s+if\s+exists\s+\w+\.\w+\s*;?\s*$/i

/**
 * An index of a large table is built while others write to it, which PostgreSQL does only outside a transaction: the one
 * statement of its file. A process that ends in the middle leaves an index that is kept up but never used; it gives way.
 */
async function applyBesideTraffic(client: pg.Client, { name, hash, text }: Step): Promise<void> {
  const statement = withoutComments(text)
  const { index, schema } = CREATE_INDEX.exec(statement)?.groups ?? {}
  if (index && schema) {
    const { rowCount } = await client.query(
      'select from pg_index where indexrelid = to_regclass($1) and not indisvalid',
      [`${schema}.${index}`],
    )
    if (rowCount) await client.query(`drop index concurrently ${schema}.${index}`)
  } else if (!DROP_INDEX.test(statement)) {
    throw new Error(
      'what is done `concurrently` stands alone in its file: `create index concurrently if not exists <name> on <schema>.<table> …` or `drop index concurrently if exists <schema>.<name>`',
    )
  }
  await client.query(text)
  await client.query(REMEMBER, [name, hash])
}

const withoutComments = (sql: string) => sql.replace(/--.*$/gm, '')

function whatWentWrong(cause: unknown, text: string): string {
  if (!(cause instanceof Error)) return `: ${cause}`
  const at = cause instanceof pg.DatabaseError ? Number(cause.position) : Number.NaN
  const where = at > 0 ? ` at line ${text.slice(0, at - 1).split('\n').length}` : ''
  if (cause instanceof pg.DatabaseError && cause.code === '55P03')
    return `: somebody kept a table in use that it changes (select * from pg_stat_activity shows who). ${cause.message}`
  return `${where}: ${cause.message}`
}
