import type { Pool } from 'pg'

/** What the database tells of itself and of the processes that use it. */
export interface DatabaseFacts {
  readonly version: string
  readonly sizeBytes: number
  /** Its clock when it answered. */
  readonly at: Date
  readonly migrations: number
  /** When any worker last ran something by the clock; workers do so every minute. Null before the first time. */
  readonly lastTickAt: Date | null
  readonly extensions: number
}

/** Extensions that searching and indexes need. */
export const EXTENSIONS = ['pg_trgm', 'unaccent', 'btree_gin'] as const

export async function readDatabaseFacts(pool: Pool): Promise<DatabaseFacts> {
  const { rows } = await pool.query<DatabaseFacts>(
    `select
      current_setting('server_version') as version,
      pg_database_size(current_database())::float8 as "sizeBytes",
      clock_timestamp() as at,
      (select count(*)::int from platform.migrations) as migrations,
      (select max(last_execution) from graphile_worker._private_known_crontabs) as "lastTickAt",
      (select count(*)::int from pg_extension where extname = any($1)) as extensions`,
    [EXTENSIONS],
  )
  const [facts] = rows
  if (!facts) throw new Error('The database gave no answer.')
  return facts
}
