import type { Tx } from '#platform/server/database'
import { blockKeys } from './match/block-keys.ts'
import { prepare } from './match/prepare.ts'
import { findFacts, saveMatchCards } from './matching.queries.ts'
import { type CardFacts, profileOf } from './profile-of.ts'

/** Writes anew what these cards are found and compared by; cards that are hidden or gone are compared no more. Resolves to those that are shown. */
export const prepareCards = async (tx: Tx, ids: readonly string[]): Promise<string[]> =>
  ids.length === 0 ? [] : storePrepared(tx, ids, await findFacts(tx, ids))

/** The same with what the cards tell, read before. */
export async function storePrepared(tx: Tx, ids: readonly string[], facts: readonly CardFacts[]): Promise<string[]> {
  const cards = facts.map((told) => {
    const profile = profileOf(told)
    return { personId: told.id, profile, keys: blockKeys(prepare(profile)) }
  })
  const shown = new Set(cards.map(({ personId }) => personId))
  const gone = ids.filter((id) => !shown.has(id))
  await saveMatchCards(tx, cards, gone)
  return [...shown]
}
