import type { Tx } from '#platform/server/database'
import { search } from '#platform/server/search.queries'
import type { CompanyLikeness } from '../contract/companies.ts'
import { type CompanyFacts, findByInn, findFacts } from './company-likeness.queries.ts'
import { companyNameKey, withoutForm } from './company-name.ts'

/** Finds of a search by name that are compared. */
const SEARCH_DEPTH = 50
const SHOWN = 5

/** What is known of a company that is being saved or shown. */
export interface CompanyLike {
  readonly exceptId?: string | undefined
  readonly name?: string | undefined
  readonly legalName?: string | null | undefined
  readonly inn?: string | null | undefined
  readonly kpp?: string | null | undefined
}

/**
 * Other companies that may be this one, surest first: with the same INN, or with the same name but for its legal form. Branches of one
 * organisation share the INN and differ in the KPP: they are no duplicates.
 */
export async function findCompanyLikenesses(tx: Tx, like: CompanyLike): Promise<CompanyLikeness[]> {
  const names = [...new Set([like.name, like.legalName])].flatMap((name) => (name ? withoutForm(name) : []))
  const found = [
    ...(like.inn ? await findByInn(tx, like.inn) : []),
    ...(await findFacts(tx, (await Promise.all(names.map((q) => findNamed(tx, q)))).flat())),
  ]
  const unique = new Map(found.filter(({ id }) => id !== like.exceptId).map((one) => [one.id, one]))
  return [...unique.values()]
    .map((one) => ({ id: one.id, name: one.name, inn: one.inn, city: one.city, same: sameOf(like, one) }))
    .filter(({ same }) => same.includes('name') || same.includes('inn'))
    .toSorted((a, b) => b.same.length - a.same.length || a.name.localeCompare(b.name))
    .slice(0, SHOWN)
}

async function findNamed(tx: Tx, q: string): Promise<string[]> {
  return (await search(tx, { q, objects: ['company'], limit: SEARCH_DEPTH })).map(({ id }) => id)
}

/** What the two have in common; nothing when their numbers say that they are two. */
export function sameOf(like: CompanyLike, other: CompanyFacts): CompanyLikeness['same'] {
  const isOtherInn = Boolean(like.inn && other.inn && like.inn !== other.inn)
  const isOtherBranch = Boolean(like.inn && like.inn === other.inn && like.kpp && other.kpp && like.kpp !== other.kpp)
  if (isOtherInn || isOtherBranch) return []
  const keys = nameKeys(other)
  return [
    ...(like.inn && like.inn === other.inn ? (['inn'] as const) : []),
    ...(like.kpp && like.kpp === other.kpp ? (['kpp'] as const) : []),
    ...(nameKeys(like).some((key) => keys.includes(key)) ? (['name'] as const) : []),
  ]
}

const nameKeys = ({ name, legalName }: Pick<CompanyLike, 'name' | 'legalName'>): string[] => [
  ...new Set([name, legalName].flatMap((one) => (one ? companyNameKey(one) : '') || [])),
]
