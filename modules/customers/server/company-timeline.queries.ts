import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { newId } from '#platform/shared/ids'
import { type Page, toPage } from '#platform/shared/page'
import type { CompanyTimelineEntry } from '../contract/companies.ts'
import { readCursor } from './cursor.ts'

/** One page of what happened with a company and with those who worked there at the time, newest first: one index range. */
export async function readCompanyTimeline(
  tx: Tx,
  companyId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Page<CompanyTimelineEntry>> {
  const after = readCursor(cursor, 'instant')
  const { rows } = await sql<CompanyTimelineEntry>`
    select told.id, told.at, coalesce(told.kind, entry.kind) as kind, entry.object, entry.object_id as "objectId",
      coalesce(told.data, entry.data) as data,
      case when shown.id is not null then json_build_object('id', shown.id, 'name', shown.name) end as person
    from (
      select workspace_id, id, at, person_id, kind, data from customers.company_timeline
      where workspace_id = ${tx.workspaceId} and company_id = ${companyId}
        ${after ? sql`and (at, id) < (${after.value}::timestamptz, ${after.id}::uuid)` : sql``}
      order by at desc, id desc limit ${limit + 1}
    ) told
    left join customers.timeline entry
      on told.kind is null and entry.workspace_id = told.workspace_id and entry.id = told.id
    left join customers.people writer on writer.workspace_id = told.workspace_id and writer.id = told.person_id
    left join customers.people shown on shown.workspace_id = told.workspace_id and shown.id = coalesce(writer.shown_as, writer.id)
    where told.kind is not null or entry.id is not null
    order by told.at desc, told.id desc`.execute(tx.db)
  return toPage(rows, limit, (row) => [row.at.toISOString(), row.id])
}

/** Records what happened with the company itself. `personId`: with whom; their name is read when it is shown, and goes when they are erased. */
export async function insertCompanyEntry(
  tx: Tx,
  entry: { companyId: string; personId?: string; at: Date; kind: string; data: Record<string, unknown> },
): Promise<void> {
  await tx.db
    .insertInto('customers.company_timeline')
    .values({
      workspace_id: tx.workspaceId,
      company_id: entry.companyId,
      at: entry.at,
      id: newId(),
      person_id: entry.personId ?? null,
      kind: entry.kind,
      data: JSON.stringify(entry.data),
    })
    .execute()
}

export interface Untold {
  readonly id: string
  readonly personId: string
  readonly companyId: string
}

/**
 * Employments whose history does not stand in the company's timeline yet, locked; those that another process has at hand are left to it. The cards
 * of these people are held first, as whoever joins cards does: the other way round the two would wait for each other.
 */
export async function lockUntold(tx: Tx, limit: number): Promise<Untold[]> {
  const { rows: people } = await sql<{ id: string }>`
    with shown as (
      select distinct coalesce(p.shown_as, p.id) as id
      from (
        select person_id from customers.employments
        where workspace_id = ${tx.workspaceId} and not is_told order by id limit ${limit}
      ) untold
      join customers.people p on p.workspace_id = ${tx.workspaceId} and p.id = untold.person_id
    ), member as (
      select id from shown
      union
      select m.id from shown join customers.people m on m.workspace_id = ${tx.workspaceId} and m.shown_as = shown.id
    )
    select p.id from member join customers.people p on p.workspace_id = ${tx.workspaceId} and p.id = member.id
    order by p.id for key share of p`.execute(tx.db)
  const { rows } = await sql<Untold>`
    select id, person_id as "personId", company_id as "companyId" from customers.employments
    where workspace_id = ${tx.workspaceId} and not is_told and person_id = any(${people.map(({ id }) => id)}::uuid[])
    order by id limit ${limit} for update skip locked`.execute(tx.db)
  return rows
}

/** Puts the history of an employment into the company's timeline: of all cards of that person, from the first day to the last. */
export async function tellEmployment(tx: Tx, { id }: Untold): Promise<void> {
  const members = sql`
    employment as (
      select e.*, coalesce(p.shown_as, p.id) as shown_id from customers.employments e
      join customers.people p on p.workspace_id = e.workspace_id and p.id = e.person_id
      where e.workspace_id = ${tx.workspaceId} and e.id = ${id}
    ), member as (
      select e.company_id, e.since, e.until, m.id from employment e
      join customers.people m on m.workspace_id = e.workspace_id and (m.id = e.shown_id or m.shown_as = e.shown_id)
    )`
  await sql`
    with ${members}
    delete from customers.company_timeline told using member
    where told.workspace_id = ${tx.workspaceId} and told.person_id = member.id and told.company_id = member.company_id and told.kind is null
      and not ${within(sql`member`, sql`told.at`)}`.execute(tx.db)
  await sql`
    with ${members}
    insert into customers.company_timeline (workspace_id, company_id, at, id, person_id)
    select t.workspace_id, member.company_id, t.at, t.id, t.person_id
    from member join customers.timeline t on t.workspace_id = ${tx.workspaceId} and t.person_id = member.id
    where ${within(sql`member`, sql`t.at`)}
    on conflict do nothing`.execute(tx.db)
  await sql`update customers.employments set is_told = true where workspace_id = ${tx.workspaceId} and id = ${id}`.execute(
    tx.db,
  )
}

/** True of moments from the first day of an employment to its last, by the calendar in UTC. */
export const within = (employment: ReturnType<typeof sql>, at: ReturnType<typeof sql>) => sql`(
  (${employment}.since is null or ${at} >= ${employment}.since::timestamp at time zone 'UTC')
  and (${employment}.until is null or ${at} < (${employment}.until + 1)::timestamp at time zone 'UTC'))`

/** Cards were joined or taken apart: what stands in timelines of companies by them is put there anew. */
export async function untell(tx: Tx, personIds: readonly string[]): Promise<void> {
  await sql`delete from customers.company_timeline
    where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[]) and kind is null`.execute(tx.db)
  await sql`update customers.employments set is_told = false
    where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[])`.execute(tx.db)
}
