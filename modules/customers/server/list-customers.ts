import { type Objects, type Questions, readSort } from '#modules/objects'
import type { Tx } from '#platform/server/database'
import { both } from '#platform/shared/objects/condition'
import type { Page } from '#platform/shared/page'
import type { CompaniesQuery } from '../contract/companies.ts'
import type { PeopleQuery, Person } from '../contract/people.ts'
import { type CompanyRow, findCompanies } from './companies.queries.ts'
import { findPeople } from './people-page.queries.ts'

/** What this module asks of the one that knows objects and their fields. */
export type Fields = Pick<Objects, 'questions' | 'storeValues'>

/**
 * One page of people: the best finds of a search, or all that satisfy the condition in the order asked for.
 * @throws Problem `objects.condition_wrong`, `objects.not_sortable`, `objects.too_slow`, `request.cursor`
 */
export async function listPeople(tx: Tx, ask: Questions, query: PeopleQuery): Promise<Page<Omit<Person, 'can'>>> {
  const { stage, ownerId, companyId } = query
  const condition = both(
    stage && { field: 'stage', op: 'eq', value: stage },
    ownerId === undefined ? undefined : { field: 'owner', op: 'eq', value: ownerId },
    companyId === undefined ? undefined : { relation: 'companies', where: { field: 'id', op: 'eq', value: companyId } },
    ask.read('person', query.filter),
  )
  const { items, nextCursor } = await ask.find({ ...query, object: 'person', condition, sort: orderOf(query.sort) })
  const people = await findPeople(tx, items)
  return { items: people.map((one) => ({ ...one, custom: ask.readable('person', one.custom) })), nextCursor }
}

/** One page of companies, as `listPeople`. */
export async function listCompanies(tx: Tx, ask: Questions, query: CompaniesQuery): Promise<Page<CompanyRow>> {
  const condition = both(ask.read('company', query.filter))
  const { items, nextCursor } = await ask.find({ ...query, object: 'company', condition, sort: orderOf(query.sort) })
  const companies = await findCompanies(tx, items)
  return { items: companies.map((one) => ({ ...one, custom: ask.readable('company', one.custom) })), nextCursor }
}

/** The newest first has a name of its own. */
const orderOf = (sort: string) => readSort(sort === 'newest' ? '-createdAt' : sort)
