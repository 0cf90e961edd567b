import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import '../tables.ts'

/** In a system transaction: what waits, and how old the oldest is that nothing but its receiver holds up. */
export async function countQueue(tx: Tx): Promise<{ waiting: number; oldestSeconds: number }> {
  const { rows } = await sql<{ waiting: number; oldestSeconds: number }>`
    select count(*)::int as waiting,
      coalesce(extract(epoch from now() - min(d.occurred_at) filter (where w.state = 'active')), 0)::float8 as "oldestSeconds"
    from integrations.deliveries d
    join integrations.webhooks w on w.workspace_id = d.workspace_id and w.id = d.webhook_id
    where d.state in ('queued', 'sending')`.execute(tx.db)
  return rows[0] ?? { waiting: 0, oldestSeconds: 0 }
}

/** In a system transaction: webhooks of the whole installation that do not work. */
export async function countFailing(tx: Tx): Promise<{ all: number; failing: number; off: number }> {
  const { rows } = await sql<{ all: number; failing: number; off: number }>`
    select count(*)::int as all, count(*) filter (where state = 'active' and failing_since is not null)::int as failing,
      count(*) filter (where state = 'off')::int as off
    from integrations.webhooks`.execute(tx.db)
  return rows[0] ?? { all: 0, failing: 0, off: 0 }
}
