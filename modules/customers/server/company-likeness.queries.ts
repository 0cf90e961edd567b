import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'

export interface CompanyFacts {
  readonly id: string
  readonly name: string
  readonly legalName: string | null
  readonly inn: string | null
  readonly kpp: string | null
  readonly city: string | null
}

const MAX_OF_ONE_INN = 20

const columns = sql`c.id, c.name, c.legal_name as "legalName", c.inn, c.kpp, c.city`

export async function findByInn(tx: Tx, inn: string): Promise<CompanyFacts[]> {
  const { rows } = await sql<CompanyFacts>`
    select ${columns} from customers.companies c where c.workspace_id = ${tx.workspaceId} and c.inn = ${inn}
    order by c.id limit ${sql.lit(MAX_OF_ONE_INN)}`.execute(tx.db)
  return rows
}

export async function findFacts(tx: Tx, ids: readonly string[]): Promise<CompanyFacts[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<CompanyFacts>`
    select ${columns} from customers.companies c
    where c.workspace_id = ${tx.workspaceId} and c.id = any(${ids}::uuid[])`.execute(tx.db)
  return rows
}
