import type { Tx } from '#platform/server/database'
import type { Model } from './match/model.ts'
import { ASSUMED } from './match/model.ts'
import { findMet, findProfiles } from './matching.queries.ts'
import type { MatchingState } from './matching-state.queries.ts'
import { findUnweighed, savePairs, type WeighedPair } from './pairs.queries.ts'
import { type Weighable, weighable, weighPair, withProof } from './weigh-pair.ts'

/**
 * Compares these prepared cards with every card that has a key in common with them, and stores what may be one person. Resolves to the number of
 * new suggestions. One card among a million: bench/README.md.
 */
export async function findAlike(tx: Tx, state: MatchingState, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  const own = cardsOf(await findProfiles(tx, ids))
  const model: Model = state.model ?? ASSUMED
  const pairs = new Map<string, WeighedPair>()
  const others = new Map<string, Weighable>()
  for (const { personId, otherId, profile } of await findMet(tx, ids)) {
    const one = own.get(personId)
    const other = own.get(otherId) ?? others.get(otherId) ?? weighable(otherId, profile)
    others.set(otherId, other)
    if (!one) continue
    const pair = weighPair(model, state, one, other)
    pairs.set(`${pair.personId} ${pair.otherId}`, pair)
  }
  return savePairs(tx, [...pairs.values()])
}

/** Pairs with a common address that a batch weighs at most. */
const BATCH = 500

/** Weighs pairs that arrivals and operators brought up by a common address, and that no key brought together. */
export async function weighSuggested(tx: Tx, state: MatchingState): Promise<void> {
  const suggested = await findUnweighed(tx, BATCH)
  const cards = cardsOf(
    await findProfiles(tx, [...new Set(suggested.flatMap(({ personId, otherId }) => [personId, otherId]))]),
  )
  const pairs = suggested.flatMap(({ personId, otherId, proof }) => {
    const [one, other] = [cards.get(personId), cards.get(otherId)]
    if (!one || !other) return []
    const pair = weighPair(state.model ?? ASSUMED, state, one, other)
    return [proof === null ? pair : withProof(pair, proof, state)]
  })
  await savePairs(tx, pairs)
}

const cardsOf = (profiles: ReadonlyMap<string, Weighable['profile']>) =>
  new Map([...profiles].map(([id, profile]) => [id, weighable(id, profile)]))
