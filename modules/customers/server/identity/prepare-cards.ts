import type { Tx } from '#platform/server/database'
import { blockKeys } from './match/block-keys.ts'
import { prepare } from './match/prepare.ts'
import { findFacts, saveMatchCards } from './matching.queries.ts'
import { profileOf } from './profile-of.ts'

/** Writes anew what these cards are found and compared by; cards that are hidden or gone are compared no more. Resolves to those that are shown. */
export async function prepareCards(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const cards = (await findFacts(tx, ids)).map((facts) => {
    const profile = profileOf(facts)
    return { personId: facts.id, profile, keys: blockKeys(prepare(profile)) }
  })
  const shown = new Set(cards.map(({ personId }) => personId))
  const gone = ids.filter((id) => !shown.has(id))
  await saveMatchCards(tx, cards, gone)
  return [...shown]
}
