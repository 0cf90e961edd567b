import type { Tx } from '#platform/server/database'
import { removeManyFromSearch } from '#platform/server/search.queries'
import { deleteUnusedCompanies } from './undo-people.queries.ts'

/** Removes those of these companies that an import made and nobody has used or changed since. Resolves to their ids. */
export async function removeUnusedCompanies(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const removed = await deleteUnusedCompanies(tx, ids)
  await removeManyFromSearch(tx, 'company', removed)
  return removed
}
