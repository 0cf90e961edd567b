import pg from 'pg'

/** PostgreSQL's code for a value that a unique index holds already. */
const UNIQUE_VIOLATION = '23505'

/** True when a row was refused because another one holds its value. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === UNIQUE_VIOLATION
