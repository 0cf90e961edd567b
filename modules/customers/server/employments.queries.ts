import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { Employment } from '../contract/people.ts'
import { dayOf, employmentJson } from './companies.queries.ts'

/** Somebody at a company. */
export interface Place {
  readonly personId: string
  readonly companyId: string
}

/** What an employment holds, without names. */
export type EmploymentState = Pick<Employment, 'position' | 'roles' | 'since' | 'until' | 'isMain'>

/** The employment of this very card, locked with its company: who comes first at a company is decided by one at a time. */
export async function lockEmployment(tx: Tx, { personId, companyId }: Place): Promise<EmploymentState | undefined> {
  await sql`select from customers.companies where workspace_id = ${tx.workspaceId} and id = ${companyId} for no key update`.execute(
    tx.db,
  )
  const { rows } = await sql<EmploymentState>`
    select position, roles, since::text as since, until::text as until, is_main as "isMain" from customers.employments
    where workspace_id = ${tx.workspaceId} and person_id = ${personId} and company_id = ${companyId} for update`.execute(
    tx.db,
  )
  return rows[0]
}

/** Sets how a person works at a company. False when the person or the company does not exist. */
export async function saveEmployment(tx: Tx, { personId, companyId }: Place, state: EmploymentState): Promise<boolean> {
  if (state.isMain)
    await sql`update customers.employments set is_main = false
      where workspace_id = ${tx.workspaceId} and company_id = ${companyId} and person_id <> ${personId} and is_main`.execute(
      tx.db,
    )
  const { numAffectedRows } = await sql`
    insert into customers.employments (workspace_id, person_id, company_id, position, roles, since, until, is_main)
    select p.workspace_id, p.id, c.id, ${state.position}, ${state.roles}::text[], ${state.since}::date, ${state.until}::date, ${state.isMain}
    from customers.people p join customers.companies c on c.workspace_id = p.workspace_id
    where p.workspace_id = ${tx.workspaceId} and p.id = ${personId} and c.id = ${companyId}
    on conflict (workspace_id, person_id, company_id) do update set position = excluded.position, roles = excluded.roles,
      since = excluded.since, until = excluded.until, is_main = excluded.is_main,
      is_told = employments.is_told and employments.since is not distinct from excluded.since
        and employments.until is not distinct from excluded.until`.execute(tx.db)
  return numAffectedRows === 1n
}

/** How a person works at a company, as cards show it. */
export async function findEmployment(tx: Tx, { personId, companyId }: Place): Promise<Employment | undefined> {
  const { rows } = await sql<{ employment: Employment }>`
    select ${employmentJson} as employment from customers.employments e
    join customers.people p on p.workspace_id = e.workspace_id and p.id = e.person_id
    join customers.people s on s.workspace_id = e.workspace_id and s.id = coalesce(p.shown_as, p.id)
    join customers.companies c on c.workspace_id = e.workspace_id and c.id = e.company_id
    cross join lateral ${dayOf(sql`e`)} day
    where e.workspace_id = ${tx.workspaceId} and e.person_id = ${personId} and e.company_id = ${companyId}`.execute(
    tx.db,
  )
  return rows[0]?.employment
}

/** Which of these cards says where this person works; the shown one when none does. */
export async function findHolderOfPlace(tx: Tx, members: readonly string[], place: Place): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select person_id as id from customers.employments
    where workspace_id = ${tx.workspaceId} and company_id = ${place.companyId} and person_id = any(${members}::uuid[])
    order by person_id = ${place.personId} desc limit 1`.execute(tx.db)
  return rows[0]?.id ?? place.personId
}

/** Makes a person work exactly at these companies from today: others are left today, those that were left are come back to. */
export async function replaceEmployments(tx: Tx, personId: string, companyIds: readonly string[]): Promise<void> {
  await sql`
    update customers.employments e set until = day.today, is_main = false, is_told = false from (select (now() at time zone time_zone)::date as today from platform.workspaces where id = ${tx.workspaceId}) day
    where e.workspace_id = ${tx.workspaceId} and e.person_id = ${personId} and e.company_id <> all(${companyIds}::uuid[])
      and (e.until is null or e.until > day.today)`.execute(tx.db)
  await sql`
    insert into customers.employments as e (workspace_id, person_id, company_id)
    select ${tx.workspaceId}, ${personId}::uuid, id from unnest(${companyIds}::uuid[]) as id
    on conflict (workspace_id, person_id, company_id) do update set until = null, is_told = false where e.until is not null`.execute(
    tx.db,
  )
}

/** Takes it away as if it had never been. False when the person did not work there. */
export async function deleteEmployment(tx: Tx, { personId, companyId }: Place): Promise<boolean> {
  await sql`delete from customers.company_timeline
    where workspace_id = ${tx.workspaceId} and person_id = ${personId} and company_id = ${companyId}`.execute(tx.db)
  const result = await tx.db
    .deleteFrom('customers.employments')
    .where('workspace_id', '=', tx.workspaceId)
    .where('person_id', '=', personId)
    .where('company_id', '=', companyId)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}
