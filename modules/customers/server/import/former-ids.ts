import type { Tx } from '#platform/server/database'
import { nameForm } from '#platform/shared/name-form'
import { externalIdOf, numberingProducts, readExternalId } from '../../contract/external-ids.ts'
import { type IdentityKey, keyText } from '../identity.ts'
import { cleanName, nameOfParts } from '../person-name.ts'
import { findHolders } from './import-people.queries.ts'
import type { RowFields } from './person-row.ts'
import type { Holder, RowMatch } from './plan-person.ts'

/** The same number as it was stored before products were kept apart. */
const formerOf = (key: IdentityKey): IdentityKey[] => {
  const { product, number } = readExternalId(key.value)
  return key.kind === 'external' && product ? [{ ...key, value: number }] : []
}

/**
 * Cards that hold numbers of these keys without a product, by `keyText` of the key with it. Which product such a number is of nobody wrote down; a card that has
 * the same number of another product since is of that one, and left out.
 */
export async function findFormerHolders(tx: Tx, keys: readonly IdentityKey[]): Promise<Map<string, Holder[]>> {
  const former = keys.flatMap(formerOf)
  const plain = await findHolders(tx, former)
  if (plain.length === 0) return new Map()
  const known = await findHolders(
    tx,
    [...new Set(plain.map(({ value }) => value))].flatMap((number) =>
      numberingProducts.map((product) => ({
        kind: 'external' as const,
        scope: '',
        value: externalIdOf(product, number),
      })),
    ),
  )
  const taken = new Set(known.map(({ personId, value }) => `${personId} ${readExternalId(value).number}`))
  const free = Map.groupBy(
    plain.filter(({ personId, value }) => !taken.has(`${personId} ${value}`)),
    keyText,
  )
  return new Map(
    keys.flatMap((key) => formerOf(key).map((one): [string, Holder[]] => [keyText(key), free.get(keyText(one)) ?? []])),
  )
}

/**
 * The card of a row by a number that was stored without its product: a number alone says too little, so another address or the name must agree as well.
 * `holders`: of the row's own keys. Null when none does, or when several do.
 */
export function matchFormer(
  { keys, fields }: { keys: readonly IdentityKey[]; fields: RowFields },
  holders: readonly Holder[],
  former: ReadonlyMap<string, readonly Holder[]>,
): RowMatch | null {
  if (former.size === 0) return null
  const own = new Set(holders.map(({ personId }) => personId))
  const name = nameForm(cleanName(fields.name) ?? nameOfParts(fields) ?? '')
  for (const key of keys) {
    const found = (former.get(keyText(key)) ?? []).filter(
      (one) => one.believed && !one.shared && (own.has(one.personId) || (name !== '' && name === nameForm(one.name))),
    )
    const [first] = found
    if (first && found.every(({ personId }) => personId === first.personId))
      return { id: first.personId, by: { kind: 'external', value: first.value } }
  }
  return null
}
