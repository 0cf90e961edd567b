import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { newId } from '#platform/shared/ids'
import type { Household } from '../contract/households.ts'

/** Households are changed one at a time: two people may be put together from both sides at once. */
export async function holdHouseholds(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`households ${tx.workspaceId}`}, 0))`.execute(tx.db)
}

/** The household of a person, by any of their cards. */
export async function findHouseholdId(tx: Tx, members: readonly string[]): Promise<string | null> {
  const row = await tx.db
    .selectFrom('customers.household_members')
    .select('household_id as id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('person_id', 'in', members)
    .orderBy('person_id')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}

export async function insertHousehold(tx: Tx): Promise<string> {
  const id = newId()
  await tx.db.insertInto('customers.households').values({ workspace_id: tx.workspaceId, id }).execute()
  return id
}

export async function saveMember(
  tx: Tx,
  member: { householdId: string; personId: string; part: string | null | undefined },
): Promise<void> {
  const { householdId, personId, part } = member
  await tx.db
    .insertInto('customers.household_members')
    .values({ workspace_id: tx.workspaceId, person_id: personId, household_id: householdId, part: part || null })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'person_id'])
        .doUpdateSet({ household_id: householdId, ...(part === undefined ? {} : { part: part || null }) }),
    )
    .execute()
}

/** Takes a person, by all of their cards, out of their household; one that has nobody but one more is given up. False when they were in none. */
export async function removeMember(tx: Tx, householdId: string, cards: readonly string[]): Promise<boolean> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('customers.household_members')
    .where('workspace_id', '=', tx.workspaceId)
    .where('household_id', '=', householdId)
    .where('person_id', 'in', cards)
    .executeTakeFirst()
  await sql`
    delete from customers.households h where h.workspace_id = ${tx.workspaceId} and h.id = ${householdId}
      and (select count(*) from customers.household_members m where m.workspace_id = h.workspace_id and m.household_id = h.id) < 2`.execute(
    tx.db,
  )
  return numDeletedRows > 0n
}

/** Everybody of a household by their shown cards, and the shared phones and mailboxes of these. */
export async function readHousehold(tx: Tx, householdId: string | null): Promise<Household> {
  const { rows } = await sql<Household>`
    with card as (
      select distinct on (coalesce(p.shown_as, p.id)) coalesce(p.shown_as, p.id) as id, m.part
      from customers.household_members m
      join customers.people p on p.workspace_id = m.workspace_id and p.id = m.person_id
      where m.workspace_id = ${tx.workspaceId} and m.household_id = ${householdId}
      order by coalesce(p.shown_as, p.id), p.shown_as nulls first
    )
    select
      (select coalesce(json_agg(json_build_object('personId', p.id, 'name', p.name, 'part', card.part) order by lower(p.name), p.id), '[]')
        from card join customers.people p on p.workspace_id = ${tx.workspaceId} and p.id = card.id) as members,
      (select coalesce(json_agg(distinct jsonb_build_object('kind', i.kind, 'value', i.value)), '[]')
        from card join customers.people p on p.workspace_id = ${tx.workspaceId} and (p.id = card.id or p.shown_as = card.id)
        join customers.identities i on i.workspace_id = p.workspace_id and i.person_id = p.id and i.shared) as shared`.execute(
    tx.db,
  )
  return rows[0] ?? { members: [], shared: [] }
}
