import { Kysely, PostgresDialect } from 'kysely'
import type { Database } from '#platform/server/database'

/** The pool in the form in which the sign-in library wants it: as the owner, who sees accounts of all workspaces. */
export const accountDatabase = (database: Database) => ({
  db: new Kysely<unknown>({ dialect: new PostgresDialect({ pool: database.pool }) }),
  type: 'postgres' as const,
  schemaName: 'access',
})
