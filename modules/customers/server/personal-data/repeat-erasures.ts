import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import type { KeptErasure } from '../../contract/personal-data.ts'
import type { erasePerson } from './erase-person.ts'
import { findUnerased } from './erasures.queries.ts'
import { findHoldersByHash } from './holders-by-hash.queries.ts'

/**
 * Erases again whom these proofs name and who is there: after a backup from before the erasure was restored. People are known by the ids of their
 * cards, which a backup keeps, and by the hashes of their addresses. Resolves to the number of people.
 */
export const repeatErasures =
  ({ secrets }: Platform, erase: ReturnType<typeof erasePerson>) =>
  async (tx: Tx, actor: Actor, kept: readonly KeptErasure[]): Promise<number> => {
    const cards = new Set(
      await findUnerased(
        tx,
        kept.flatMap((one) => one.cards),
      ),
    )
    const hashes = new Set(kept.flatMap(({ identities }) => identities))
    for (const id of await findHoldersByHash(tx, secrets, hashes)) cards.add(id)
    let count = 0
    for (const id of cards) {
      if ((await findUnerased(tx, [id])).length === 0) continue
      await erase(tx, actor, id, { ground: 'repeated', note: '' })
      count++
    }
    return count
  }
