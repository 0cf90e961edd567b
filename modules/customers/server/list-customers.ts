import { type Objects, type Questions, readSort } from '#modules/objects'
import type { Tx } from '#platform/server/database'
import { search } from '#platform/server/search.queries'
import { both, type Condition } from '#platform/shared/objects/condition'
import type { Page } from '#platform/shared/page'
import type { CompaniesQuery, Company, PeopleQuery, Person } from '../contract/people.ts'
import { findPeople } from './cards.queries.ts'
import { findCompanies } from './companies.queries.ts'
import { searchText } from './search-documents.ts'

/** What this module asks of the one that knows objects and their fields. */
export type Fields = Pick<Objects, 'questions' | 'storeValues'>

/** Found by words, then narrowed by the condition: so many are looked at. */
const SEARCH_DEPTH = 200

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
  const { items, nextCursor } = await pageOf(tx, ask, { ...query, object: 'person', condition })
  const people = await findPeople(tx, items)
  return { items: people.map((one) => ({ ...one, custom: ask.readable('person', one.custom) })), nextCursor }
}

/** One page of companies, as `listPeople`. */
export async function listCompanies(
  tx: Tx,
  ask: Questions,
  query: CompaniesQuery,
): Promise<Page<Omit<Company, 'can'>>> {
  const condition = both(ask.read('company', query.filter))
  const { items, nextCursor } = await pageOf(tx, ask, { ...query, object: 'company', condition })
  const companies = await findCompanies(tx, items)
  return { items: companies.map((one) => ({ ...one, custom: ask.readable('company', one.custom) })), nextCursor }
}

interface Question {
  readonly object: 'person' | 'company'
  readonly q?: string | undefined
  readonly condition: Condition
  readonly sort: string
  readonly cursor?: string | undefined
  readonly limit: number
}

async function pageOf(tx: Tx, ask: Questions, { q, sort, ...question }: Question): Promise<Page<string>> {
  if (!q?.trim()) return ask.find({ ...question, sort: readSort(ORDERS[sort] ?? sort) })
  const { object, condition, limit } = question
  const found = await search(tx, { q: searchText(q), objects: [object], limit: SEARCH_DEPTH })
  const ids = await ask.filter(
    object,
    condition,
    found.map(({ id }) => id),
  )
  // The best finds in one page: whoever does not see the right one there types another word.
  return { items: ids.slice(0, limit), nextCursor: null }
}

/** Orders by their names. */
const ORDERS: Record<string, string> = { newest: '-createdAt' }
