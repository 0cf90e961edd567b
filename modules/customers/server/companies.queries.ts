import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { Company, CompanyAddress, CompanySize, LegalForm } from '../contract/companies.ts'
import type { Custom } from './tables.ts'

export interface CompanyFields {
  name: string
  legalName: string | null
  legalForm: LegalForm | null
  inn: string | null
  kpp: string | null
  ogrn: string | null
  bic: string | null
  account: string | null
  site: string | null
  city: string | null
  phones: string[]
  emails: string[]
  addresses: CompanyAddress[]
  industry: string | null
  size: CompanySize | null
  ownerId: string | null
  parentId: string | null
  note: string
  custom: Custom
}

/** A company as it is read, without what depends on the reader. */
export type CompanyRow = Omit<Company, 'can'>

/** People shown on a company's card, those of today first; the list of people filtered by company has the rest. */
const MAX_SHOWN_PEOPLE = 200

/** As JSON, of the employment `e` of the shown person `s` at the company `c` on `day`. */
export const employmentJson = sql`json_build_object('id', e.id, 'personId', s.id, 'personName', s.name, 'companyId', c.id, 'companyName', c.name,
  'position', e.position, 'roles', e.roles, 'since', e.since, 'until', e.until, 'isMain', e.is_main,
  'isFormer', coalesce(e.until <= day.today, false))`

/** The day of the workspace's calendar, of the row `of`: the last day of an employment is told by it. */
export const dayOf = (of: RawBuilder<unknown>) =>
  sql`(select (now() at time zone w.time_zone)::date as today from platform.workspaces w where w.id = ${of}.workspace_id)`

const companyColumns = sql`c.id, c.name, c.legal_name as "legalName", c.legal_form as "legalForm", c.inn, c.kpp, c.ogrn, c.bic, c.account,
  c.site, c.city, c.phones, c.emails, c.addresses, c.industry, c.size, c.owner_id as "ownerId", c.parent_id as "parentId", c.note, c.custom,
  c.created_at as "createdAt", c.updated_at as "updatedAt",
  (select coalesce(json_agg(${employmentJson} order by coalesce(e.until <= day.today, false), e.is_main desc, lower(s.name), s.id), '[]')
    from (
      select distinct on (coalesce(p.shown_as, p.id)) e.*, coalesce(p.shown_as, p.id) as shown_id
      from (select * from customers.employments e where e.workspace_id = c.workspace_id and e.company_id = c.id
        order by e.is_main desc, e.until desc nulls first, e.id limit ${sql.lit(MAX_SHOWN_PEOPLE)}) e
      join customers.people p on p.workspace_id = e.workspace_id and p.id = e.person_id
      order by coalesce(p.shown_as, p.id), p.shown_as is null desc
    ) e join customers.people s on s.workspace_id = e.workspace_id and s.id = e.shown_id
    cross join ${dayOf(sql`c`)} day) as people`

export async function findCompany(tx: Tx, id: string): Promise<CompanyRow | undefined> {
  const { rows } = await sql<CompanyRow>`
    select ${companyColumns} from customers.companies c where c.workspace_id = ${tx.workspaceId} and c.id = ${id}`.execute(
    tx.db,
  )
  return rows[0]
}

/** Companies by ids, in the order of the ids. */
export async function findCompanies(tx: Tx, ids: readonly string[]): Promise<CompanyRow[]> {
  const { rows } = await sql<CompanyRow>`
    select ${companyColumns} from unnest(${ids}::uuid[]) with ordinality as wanted (id, number)
    join customers.companies c on c.workspace_id = ${tx.workspaceId} and c.id = wanted.id order by wanted.number`.execute(
    tx.db,
  )
  return rows
}

export async function lockCompany(tx: Tx, id: string): Promise<CompanyFields | undefined> {
  return tx.db
    .selectFrom('customers.companies')
    .select([
      'name',
      'legal_name as legalName',
      'legal_form as legalForm',
      'inn',
      'kpp',
      'ogrn',
      'bic',
      'account',
      'site',
      'city',
      'phones',
      'emails',
      'addresses',
      'industry',
      'size',
      'owner_id as ownerId',
      'parent_id as parentId',
      'note',
      'custom',
    ])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export async function saveCompanyFields(tx: Tx, id: string, company: CompanyFields, at: Date): Promise<void> {
  const { legalName, legalForm, ownerId, parentId, custom, addresses, ...plain } = company
  const row = {
    ...plain,
    legal_name: legalName,
    legal_form: legalForm,
    owner_id: ownerId,
    parent_id: parentId,
    addresses: JSON.stringify(addresses),
    custom: JSON.stringify(custom),
    updated_at: at,
  }
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
