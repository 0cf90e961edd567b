import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { DataStanding } from '../../contract/personal-data.ts'

/** How far the data of the person with this card may be used. Undefined when there is no such person. */
export async function findStandingOf(tx: Tx, id: string): Promise<(DataStanding & { shownId: string }) | undefined> {
  const { rows } = await sql<DataStanding & { shownId: string }>`
    select shown.id as "shownId", shown.restricted_at as "restrictedAt", shown.restricted_reason as "restrictedReason", shown.erased_at as "erasedAt"
    from customers.people asked
    join customers.people shown on shown.workspace_id = asked.workspace_id and shown.id = coalesce(asked.shown_as, asked.id)
    where asked.workspace_id = ${tx.workspaceId} and asked.id = ${id}`.execute(tx.db)
  return rows[0]
}

/** True when one of these cards is restricted or erased. */
export async function isAnyClosed(tx: Tx, ids: readonly string[]): Promise<'restricted' | 'erased' | null> {
  const { rows } = await sql<{ erased: boolean }>`
    select erased_at is not null as erased from customers.people
    where workspace_id = ${tx.workspaceId} and id = any(${[...ids]}::uuid[]) and (restricted_at is not null or erased_at is not null)
    order by erased_at is null limit 1`.execute(tx.db)
  const [first] = rows
  return first ? (first.erased ? 'erased' : 'restricted') : null
}

/** Restricts cards, or lets them be used again (null). */
export const setRestriction = (tx: Tx, ids: readonly string[], to: { at: Date; reason: string } | null) =>
  sql`update customers.people set restricted_at = ${to?.at ?? null}, restricted_reason = ${to?.reason ?? null}
    where workspace_id = ${tx.workspaceId} and id = any(${[...ids]}::uuid[]) and erased_at is null`.execute(tx.db)

/** Those of these people whose data is restricted. */
export async function findRestricted(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from customers.people
    where workspace_id = ${tx.workspaceId} and id = any(${[...ids]}::uuid[]) and restricted_at is not null`.execute(
    tx.db,
  )
  return new Set(rows.map(({ id }) => id))
}
