import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'

/** In a system transaction: numbers of things that need a person's eye, over all workspaces. */
export async function countTroubles(tx: Tx): Promise<{ failing: number; unreadable: number; stuck: number }> {
  const { rows } = await sql<{ failing: number; unreadable: number; stuck: number }>`
    select
      (select count(*) from channels.accounts where health = 'failing' and is_enabled and archived_at is null) as failing,
      (select count(*) from channels.arrivals where state = 'unreadable') as unreadable,
      (select count(*) from channels.deliveries where state = 'queued' and queued_at < now() - interval '1 hour') as stuck`.execute(
    tx.db,
  )
  return rows[0] ?? { failing: 0, unreadable: 0, stuck: 0 }
}
