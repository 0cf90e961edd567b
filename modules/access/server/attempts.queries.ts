import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import './tables.ts'

/**
 * Counts one attempt and answers how many there were since the window began, this one included, and when it ends. One
 * statement, so attempts at the same moment are all counted.
 */
export async function countAttempt(
  tx: Tx,
  { key, windowMs, now }: { key: string; windowMs: number; now: Date },
): Promise<{ count: number; endsAt: Date }> {
  const endsAt = new Date(now.getTime() + windowMs)
  const { rows } = await sql<{ count: number; endsAt: Date }>`
    insert into access.attempts as a (key, count, ends_at) values (${key}, 1, ${endsAt})
    on conflict (key) do update set
      count = case when a.ends_at <= ${now} then 1 else a.count + 1 end,
      ends_at = case when a.ends_at <= ${now} then excluded.ends_at else a.ends_at end
    returning count, ends_at as "endsAt"`.execute(tx.db)
  return rows[0] ?? { count: 1, endsAt }
}

/** Takes attempts that turned out to be honest off the count. */
export async function forgiveAttempts(tx: Tx, { all, one }: { all: string; one: string }): Promise<void> {
  await tx.db.deleteFrom('access.attempts').where('key', '=', all).execute()
  await tx.db
    .updateTable('access.attempts')
    .set({ count: sql`greatest(count - 1, 0)` })
    .where('key', '=', one)
    .execute()
}

/** Removes counts, sessions and sign-in steps whose time is over. */
export async function deleteExpired(tx: Tx, now: Date): Promise<void> {
  await tx.db.deleteFrom('access.attempts').where('ends_at', '<=', now).execute()
  await tx.db.deleteFrom('access.sessions').where('expiresAt', '<=', now).execute()
  await tx.db.deleteFrom('access.verifications').where('expiresAt', '<=', now).execute()
}
