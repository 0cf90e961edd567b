import type { Platform } from '#platform/server/platform'
import { ruleOf } from './match/block-keys.ts'
import { estimateModel } from './match/estimate-model.ts'
import { SampleGatherer } from './match/gather-sample.ts'
import type { Model } from './match/model.ts'
import { type Prepared, prepare } from './match/prepare.ts'
import { type Block, countMatchCards, findProfiles, readBlocks, sampleProfiles } from './matching.queries.ts'

/** With fewer cards the data says less than the assumptions. */
const MIN_CARDS = 300
/** Enough for shares of one in ten thousand. */
const SAMPLED_CARDS = 20_000
const CHANCE_PAIRS = 200_000
/** Keys of all rules lie evenly over this range, so a slice anywhere is a fair sample of blocks. */
const KEY_RANGE = 2 ** 52
const SLICES = 24
const KEYS_PER_SLICE = 4000

/** Learns the weights from the cards themselves, without labels. Null when there are too few of them. Reads at most about 100,000 rows. */
export async function learnModel({ transaction }: Platform, workspaceId: string): Promise<Model | null> {
  const cards = await transaction(workspaceId, countMatchCards)
  if (cards < MIN_CARDS) return null
  const gatherer = new SampleGatherer()
  const sampled = (await transaction(workspaceId, (tx) => sampleProfiles(tx, SAMPLED_CARDS, cards))).map(prepare)
  for (const card of sampled) gatherer.addCard(card)
  for (const [a, b] of chancePairs(sampled)) gatherer.addRandom(a, b)

  const isWhole = cards <= SAMPLED_CARDS
  let seen = 0
  for (let slice = 0; slice < (isWhole ? 1 : SLICES); slice++) {
    const from = isWhole ? -1 : Math.floor((KEY_RANGE / SLICES) * slice)
    const { blocks, end } = await transaction(workspaceId, (tx) =>
      readBlocks(tx, from, isWhole ? cards * 20 : KEYS_PER_SLICE),
    )
    seen += (end ?? KEY_RANGE) - from
    const ids = [...new Set(blocks.flatMap((block) => block.ids))]
    const profiles = await transaction(workspaceId, (tx) => findProfiles(tx, ids))
    addBlocks(gatherer, blocks, new Map([...profiles].map(([id, profile]) => [id, prepare(profile)])))
  }
  return estimateModel(gatherer.sample(cards, Math.max(1, KEY_RANGE / Math.max(1, seen))))
}

function addBlocks(gatherer: SampleGatherer, blocks: readonly Block[], cards: ReadonlyMap<string, Prepared>): void {
  const met = new Set<string>()
  for (const { key, ids } of blocks)
    for (const [x, one] of ids.entries())
      for (const other of ids.slice(x + 1)) {
        const [a, b] = [cards.get(one), cards.get(other)]
        const pair = one < other ? `${one} ${other}` : `${other} ${one}`
        if (a && b) gatherer.addBlocked(ruleOf(key), a, b, !met.has(pair))
        met.add(pair)
      }
}

/** Pairs by chance, the same at every run over the same cards. */
function* chancePairs(cards: readonly Prepared[]): Generator<[Prepared, Prepared]> {
  const wanted = Math.min(CHANCE_PAIRS, (cards.length * (cards.length - 1)) / 2)
  for (let n = 0; n < wanted; n++) {
    const [a, b] = [
      cards[(n * 7919) % cards.length],
      cards[(n * 104_729 + Math.floor(n / cards.length) * 31 + 1) % cards.length],
    ]
    if (a && b && a !== b) yield [a, b]
  }
}
