import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { CompanyTree } from '../contract/companies.ts'

/** Companies of a group that its card lists; a holding with more is looked through in the list of companies. */
const MAX_COMPANIES = 500
/** Deeper than any group: an end for a walk over what should not be. */
const MAX_DEPTH = 50

/** One change of the order of companies at a time: two that are each right could make a ring together. Until the end of the transaction. */
export async function holdTree(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`company tree ${tx.workspaceId}`}, 0))`.execute(tx.db)
}

/** The company itself and all above it, from below to the top. */
export async function findAbove(tx: Tx, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive above as (
      select id, parent_id, 1 as depth from customers.companies where workspace_id = ${tx.workspaceId} and id = ${id}
      union all
      select c.id, c.parent_id, above.depth + 1 from above
      join customers.companies c on c.workspace_id = ${tx.workspaceId} and c.id = above.parent_id
      where above.depth < ${sql.lit(MAX_DEPTH)}
    ) select id from above order by depth`.execute(tx.db)
  return rows.map((row) => row.id)
}

/** How many levels a company and those below it make; 1 for one that is not there yet. */
export async function countLevels(tx: Tx, id: string): Promise<number> {
  const { rows } = await sql<{ levels: number }>`
    with recursive below as (
      select ${id}::uuid as id, 1 as depth
      union all
      select c.id, below.depth + 1 from below
      join customers.companies c on c.workspace_id = ${tx.workspaceId} and c.parent_id = below.id
      where below.depth < ${sql.lit(MAX_DEPTH)}
    ) select max(depth) as levels from below`.execute(tx.db)
  return rows[0]?.levels ?? 1
}

/** A company's group from `topId`, level by level, and how many people work in it and in the branch of `id`. */
export async function readTree(tx: Tx, { id, topId }: { id: string; topId: string }): Promise<CompanyTree> {
  const { rows } = await sql<CompanyTree>`
    with recursive below as (
      select id, name, parent_id, 1 as depth, id = ${id} as in_branch from customers.companies
      where workspace_id = ${tx.workspaceId} and id = ${topId}
      union all
      select c.id, c.name, c.parent_id, below.depth + 1, below.in_branch or c.id = ${id} from below
      join customers.companies c on c.workspace_id = ${tx.workspaceId} and c.parent_id = below.id
      where below.depth < ${sql.lit(MAX_DEPTH)}
    ), listed as (
      select * from below order by depth, lower(name), id limit ${sql.lit(MAX_COMPANIES)}
    ), worker as (
      select distinct listed.id, listed.in_branch, coalesce(p.shown_as, p.id) as person_id
      from listed
      join customers.employments e on e.workspace_id = ${tx.workspaceId} and e.company_id = listed.id
      join customers.people p on p.workspace_id = e.workspace_id and p.id = e.person_id
      cross join (select (now() at time zone time_zone)::date as today from platform.workspaces where id = ${tx.workspaceId}) day
      where e.until is null or e.until > day.today
    )
    select
      (select json_agg(json_build_object('id', listed.id, 'name', listed.name,
          'parentId', case when listed.id <> ${topId} then listed.parent_id end,
          'people', (select count(*) from worker where worker.id = listed.id)) order by depth, lower(listed.name), listed.id) from listed) as companies,
      (select count(*) from below) > ${sql.lit(MAX_COMPANIES)} as "isCut",
      json_build_object('companies', (select count(*) from listed), 'people', (select count(distinct person_id) from worker)) as "group",
      json_build_object('companies', (select count(*) from listed where in_branch),
        'people', (select count(distinct person_id) from worker where in_branch)) as branch`.execute(tx.db)
  const [tree] = rows
  if (!tree) throw new Error('A tree without a company.')
  return tree
}
