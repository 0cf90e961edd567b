import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { Company, Employment } from '../contract/people.ts'
import type { Custom } from './tables.ts'

export interface CompanyFields {
  name: string
  inn: string | null
  site: string | null
  city: string | null
  note: string
  custom: Custom
}

/** People shown on a company's card; the list of people filtered by company has the rest. */
const MAX_SHOWN_PEOPLE = 200

const companyColumns = sql`c.id, c.name, c.inn, c.site, c.city, c.note, c.custom, c.created_at as "createdAt", c.updated_at as "updatedAt",
  (select coalesce(json_agg(json_build_object('id', e.id, 'personId', p.id, 'personName', p.name, 'companyId', c.id, 'companyName', c.name,
      'position', e.position) order by lower(p.name), p.id), '[]')
    from (select * from customers.employments e where e.workspace_id = c.workspace_id and e.company_id = c.id
      order by e.id limit ${sql.lit(MAX_SHOWN_PEOPLE)}) e
    join customers.people p on p.workspace_id = e.workspace_id and p.id = e.person_id) as people`

export async function findCompany(tx: Tx, id: string): Promise<Omit<Company, 'can'> | undefined> {
  const { rows } = await sql<Omit<Company, 'can'>>`
    select ${companyColumns} from customers.companies c where c.workspace_id = ${tx.workspaceId} and c.id = ${id}`.execute(
    tx.db,
  )
  return rows[0]
}

/** Companies by ids, in the order of the ids. */
export async function findCompanies(tx: Tx, ids: readonly string[]): Promise<Omit<Company, 'can'>[]> {
  const { rows } = await sql<Omit<Company, 'can'>>`
    select ${companyColumns} from unnest(${ids}::uuid[]) with ordinality as wanted (id, number)
    join customers.companies c on c.workspace_id = ${tx.workspaceId} and c.id = wanted.id order by wanted.number`.execute(
    tx.db,
  )
  return rows
}

export async function lockCompany(tx: Tx, id: string): Promise<CompanyFields | undefined> {
  return tx.db
    .selectFrom('customers.companies')
    .select(['name', 'inn', 'site', 'city', 'note', 'custom'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export async function saveCompanyFields(tx: Tx, id: string, company: CompanyFields, at: Date): Promise<void> {
  const row = { ...company, custom: JSON.stringify(company.custom), updated_at: at }
  await tx.db
    .insertInto('customers.companies')
    .values({ workspace_id: tx.workspaceId, id, created_at: at, ...row })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doUpdateSet(row))
    .execute()
}

/** Those of the ids that are companies of this workspace. */
export async function findCompanyIds(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx.db
    .selectFrom('customers.companies')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', ids)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** Sets where a person works. Undefined when the person or the company does not exist. */
export async function saveEmployment(
  tx: Tx,
  of: { personId: string; companyId: string; position: string | null },
): Promise<Employment | undefined> {
  const { rows } = await sql<Employment>`
    with pair as (
      select p.id as person_id, p.name as person_name, c.id as company_id, c.name as company_name
      from customers.people p join customers.companies c on c.workspace_id = p.workspace_id
      where p.workspace_id = ${tx.workspaceId} and p.id = ${of.personId} and c.id = ${of.companyId}
    ), saved as (
      insert into customers.employments (workspace_id, person_id, company_id, position)
      select ${tx.workspaceId}, person_id, company_id, ${of.position} from pair
      on conflict (workspace_id, person_id, company_id) do update set position = excluded.position
      returning id, position
    )
    select saved.id, person_id as "personId", person_name as "personName", company_id as "companyId",
      company_name as "companyName", saved.position from saved, pair`.execute(tx.db)
  return rows[0]
}

/** Makes a person work exactly at these companies; positions where they stay are kept. */
export async function replaceEmployments(tx: Tx, personId: string, companyIds: readonly string[]): Promise<void> {
  await sql`delete from customers.employments
    where workspace_id = ${tx.workspaceId} and person_id = ${personId} and company_id <> all(${companyIds}::uuid[])`.execute(
    tx.db,
  )
  await sql`insert into customers.employments (workspace_id, person_id, company_id)
    select ${tx.workspaceId}, ${personId}::uuid, id from unnest(${companyIds}::uuid[]) as id
    on conflict (workspace_id, person_id, company_id) do nothing`.execute(tx.db)
}

/** False when the person did not work there. */
export async function deleteEmployment(tx: Tx, personId: string, companyId: string): Promise<boolean> {
  const result = await tx.db
    .deleteFrom('customers.employments')
    .where('workspace_id', '=', tx.workspaceId)
    .where('person_id', '=', personId)
    .where('company_id', '=', companyId)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}
