import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'

/** Any constant. */
const LOCK = 312_604

/** One process fills in the demo, however long that takes; others wait here. Ends with the transaction. */
export async function lockDemo(tx: Tx): Promise<void> {
  await sql`select set_config('idle_in_transaction_session_timeout', '0', true), pg_advisory_xact_lock(${LOCK})`.execute(
    tx.db,
  )
}
