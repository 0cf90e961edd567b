import { sql } from 'kysely'
import pg from 'pg'
import { foreignCursor } from '#platform/shared/page'
import { Problem } from '#platform/shared/problems'
import type { Tx } from '../database.ts'
import { keepPlan } from '../kept-plans.ts'

const CANCELLED = '57014'

/**
 * Runs reading `work` for at most so many milliseconds of the database per statement. Undefined when it took longer; the transaction goes on as
 * if `work` had not been asked.
 */
export async function withinTime<Result>(tx: Tx, ms: number, work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await tx.attempt(async () => {
      const { rows } = await sql<{ before: string }>`
        with before as materialized (select current_setting('statement_timeout') as before)
        select before, set_config('statement_timeout', ${String(ms)}, true) from before`.execute(tx.db)
      const result = await work()
      await sql`select set_config('statement_timeout', ${rows[0]?.before ?? '0'}, true)`.execute(tx.db)
      return result
    })
  } catch (error) {
    if (isCancelled(error)) return undefined
    throw error
  }
}

/** Every statement of the rest of this transaction takes at most so many milliseconds. */
export const limitTime = (tx: Tx, ms: number) =>
  keepPlan(sql`select set_config('statement_timeout', ${String(ms)}, true)`).execute(tx.db)

/** Says of a statement that was cut off what the asker can do about it. @throws Problem `objects.too_slow`, or the error itself */
export function tooSlow(error: unknown): never {
  if (isCancelled(error)) throw new Problem('objects.too_slow', 422, 'This filter takes too long; make it narrower.')
  throw error
}

/** Says so when a value that travelled in a cursor is none of its column's type: it came from another list. @throws Problem `request.cursor` */
export function wrongCursor(error: unknown): never {
  if (error instanceof pg.DatabaseError && UNREADABLE.has(error.code ?? '')) throw foreignCursor()
  throw error
}

/** invalid_text_representation, invalid_datetime_format, datetime_field_overflow. */
const UNREADABLE = new Set(['22P02', '22007', '22008'])

const isCancelled = (error: unknown) => error instanceof pg.DatabaseError && error.code === CANCELLED
