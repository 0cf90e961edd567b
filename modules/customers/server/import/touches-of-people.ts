import { type Objects, uniqueForm } from '#modules/objects'
import type { Tx } from '#platform/server/database'
import { type IdentityKey, keyText } from '../identity.ts'
import { cleanName } from '../person-name.ts'
import { findFormerHolders } from './former-ids.ts'
import { findHolderIds } from './import-people.queries.ts'
import { type ImportHow, keysOf, type PersonRow } from './person-row.ts'
import type { Holder } from './plan-person.ts'

/**
 * What each row reads or writes that another row of the list may write too, in words: its identities, the card that it belongs to, the company that it
 * may make, and its unique values. Rows without a common word may be taken in at the same time, with the same result as one after another.
 */
export const touchesOfPeople =
  (uses: Pick<Objects, 'uniqueNames'>) =>
  async (tx: Tx, rows: readonly PersonRow[], how: ImportHow): Promise<string[][]> => {
    const unique = await uses.uniqueNames(tx, 'person')
    const keys = rows.map(keysOf)
    const finding = keys.flat().filter(({ kind }) => kind === how.key)
    const holders = Map.groupBy(await findHolderIds(tx, finding), keyText)
    const former = how.key === 'external' ? await findFormerHolders(tx, finding) : new Map<string, Holder[]>()
    const cardsOf = (key: IdentityKey) =>
      [...(holders.get(keyText(key)) ?? []), ...(former.get(keyText(key)) ?? [])].map(
        ({ personId }) => `card ${personId}`,
      )
    return rows.map((row, i) => [
      ...(keys[i] ?? []).flatMap((key) => [`key ${keyText(key)}`, ...cardsOf(key)]),
      ...(row.id ? [`card ${row.id}`] : []),
      ...companyWords(row),
      ...unique.flatMap((name) => {
        const value = row.custom[name]
        return value === undefined || value === null ? [] : [`value ${name} ${uniqueForm(value)}`]
      }),
    ])
  }

/** A company is found by either, so a row with both ties them together. */
function companyWords({ company }: PersonRow): string[] {
  const name = cleanName(company?.name)?.toLowerCase()
  const inn = company?.inn?.trim()
  return [...(inn ? [`inn ${inn}`] : []), ...(name ? [`company ${name}`] : [])]
}
