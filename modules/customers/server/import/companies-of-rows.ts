import type { Tx } from '#platform/server/database'
import { indexManyForSearch } from '#platform/server/search.queries'
import { newId } from '#platform/shared/ids'
import { cleanName } from '../person-name.ts'
import type { SearchFacts } from '../search-documents.ts'
import { findCompaniesByKeys, insertCompanies, type NewCompany } from './import-people.queries.ts'
import type { PersonRow } from './person-row.ts'

/** The company that a row names. */
export interface RowCompany {
  readonly id: string
  readonly name: string
  readonly isNew: boolean
}

/**
 * The companies that rows name, in the order of the rows: found by tax number, else by name, else made. Null for a row that names none.
 * Nothing is made when `isDry`.
 */
export async function companiesOfRows(
  tx: Tx,
  rows: readonly PersonRow[],
  { isDry, at }: { isDry: boolean; at: Date },
): Promise<(RowCompany | null)[]> {
  const named = rows.map(({ company }) => {
    const name = cleanName(company?.name)
    const inn = company?.inn?.trim() || null
    return name || inn ? { name, inn } : null
  })
  const inns = [...new Set(named.flatMap((one) => one?.inn ?? []))]
  const names = [...new Set(named.flatMap((one) => one?.name?.toLowerCase() ?? []))]
  const known = new Map<string, RowCompany>()
  for (const { key, id, name } of await findCompaniesByKeys(tx, { inns, names }))
    known.set(key, { id, name, isNew: false })

  const made: NewCompany[] = []
  const found = named.map((one) => {
    if (!one) return null
    const keys = [one.inn ? `inn ${one.inn}` : null, one.name ? `name ${one.name.toLowerCase()}` : null].filter(
      (key) => key !== null,
    )
    const company = keys.map((key) => known.get(key)).find((known) => known !== undefined)
    if (company) return company
    const fresh = { id: newId(), name: one.name ?? `ИНН ${one.inn}`, inn: one.inn }
    made.push(fresh)
    const isNew = { id: fresh.id, name: fresh.name, isNew: true }
    for (const key of keys) known.set(key, isNew)
    return isNew
  })
  if (!isDry && made.length > 0) {
    await insertCompanies(tx, made, at)
    await indexManyForSearch(
      tx,
      made.map((one) => documentOf(one, at)),
    )
  }
  return found
}

const documentOf = ({ id, name, inn }: NewCompany, at: Date) => ({
  object: 'company',
  id,
  title: [name, inn].filter(Boolean).join(' '),
  facts: { name, detail: inn ?? '' } satisfies SearchFacts,
  at,
})
