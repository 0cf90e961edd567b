import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { migrate } from '../../platform/server/migrate.ts'

/** A migrated database that belongs to one test file. */
export interface TestDatabase {
  /** As the role `okno`, which owns the database. */
  readonly url: string
  /** As superuser: to look behind row-level security. */
  readonly adminUrl: string
  drop(): Promise<void>
}

const TEMPLATE = 'okno_template'
/** Any constant: test files in several processes wait for each other while one of them makes the template. */
const TEMPLATE_LOCK = 620_411

/**
 * A new database with every migration applied, cloned from a template that is migrated once per run.
 *
 * ```ts
 * const database = await freshDatabase()
 * afterAll(() => database.drop())
 * ```
 */
export async function freshDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin(async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
    await ensureTemplate(admin)
    await admin.query(`create database ${name} owner okno template ${TEMPLATE}`)
  })
  return {
    url: inDatabase(inject('ownerUrl'), name),
    adminUrl: inDatabase(inject('adminUrl'), name),
    drop: () => asAdmin((admin) => dropDatabase(admin, name)),
  }
}

/** A new database as the embedded PostgreSQL hands it to Okno at first start: extensions, but no migration applied. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin(async (admin) => void (await admin.query(`create database ${name} owner okno template okno`)))
  return {
    url: inDatabase(inject('ownerUrl'), name),
    adminUrl: inDatabase(inject('adminUrl'), name),
    drop: () => asAdmin((admin) => dropDatabase(admin, name)),
  }
}

/** Longer than a connection that was ended takes to be gone. */
const LEAVING_MS = 2_000

/**
 * Drops a database when those who were asked to leave it have left: a connection that is thrown out while it says goodbye has nobody who would
 * hear of that, and would end the tests.
 */
async function dropDatabase(admin: pg.Client, name: string): Promise<void> {
  const isUsed = async () =>
    (await admin.query('select from pg_stat_activity where datname = $1 limit 1', [name])).rowCount !== 0
  for (const end = Date.now() + LEAVING_MS; Date.now() < end && (await isUsed()); )
    await new Promise((resolve) => setTimeout(resolve, 10))
  await admin.query(`drop database ${name} with (force)`)
}

async function ensureTemplate(admin: pg.Client): Promise<void> {
  const { rowCount } = await admin.query('select datname from pg_database where datname = $1', [TEMPLATE])
  if (rowCount) return
  // Renamed when complete, so a failed migration leaves no template that later files would clone.
  const draft = `${TEMPLATE}_draft`
  await admin.query(`drop database if exists ${draft} with (force)`)
  await admin.query(`create database ${draft} owner okno template okno`)
  await migrate(inDatabase(inject('ownerUrl'), draft))
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [draft])
  await admin.query(`alter database ${draft} rename to ${TEMPLATE}`)
}

async function asAdmin(use: (admin: pg.Client) => Promise<void>): Promise<void> {
  const admin = new pg.Client(inject('adminUrl'))
  await admin.connect()
  try {
    await use(admin)
  } finally {
    await admin.end()
  }
}

function inDatabase(address: string, database: string): string {
  const url = new URL(address)
  url.pathname = database
  return url.href
}
