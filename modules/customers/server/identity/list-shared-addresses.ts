import type { Tx } from '#platform/server/database'
import { decodeCursor, encodeCursor, foreignCursor, type Page, type PageQuery } from '#platform/shared/page'
import type { SharedAddress } from '../../contract/shared-addresses.ts'
import { differInName } from './match/differ-in-name.ts'
import { findCommonAddresses } from './shared-addresses.queries.ts'

/** Walks that fill one page at most: most common addresses are one person's cards that wait to be joined. */
const MAX_WALKS = 5

/** Addresses that several people seem to use, as far as nobody has decided. A page may be short before the last. @throws Problem `request.cursor` */
export async function listSharedAddresses(tx: Tx, { cursor, limit }: PageQuery): Promise<Page<SharedAddress>> {
  const items: SharedAddress[] = []
  let after = readPlace(cursor)
  for (let walk = 0; walk < MAX_WALKS && items.length < limit; walk++) {
    const { found, seen } = await findCommonAddresses(tx, { after, limit })
    items.push(...found.map(readable).filter(isOfSeveral))
    after = seen
    if (!seen) return { items, nextCursor: null }
  }
  return { items, nextCursor: after && encodeCursor([after.kind, after.value]) }
}

/** JSON knows no dates. */
const readable = (address: SharedAddress): SharedAddress => ({
  ...address,
  holders: address.holders
    .map((holder) => ({ ...holder, lastSeenAt: new Date(holder.lastSeenAt) }))
    .toSorted((a, b) => a.name.localeCompare(b.name)),
})

const isOfSeveral = ({ holders }: SharedAddress): boolean =>
  holders.some((one) => holders.some((other) => differInName(one.name, other.name)))

function readPlace(cursor: string | undefined): { kind: string; value: string } | null {
  if (!cursor) return null
  const [kind, value] = decodeCursor(cursor, 2)
  if (typeof kind !== 'string' || typeof value !== 'string' || `${kind}${value}`.includes('\0')) throw foreignCursor()
  return { kind, value }
}
