import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Scan } from '../../contract/identity.ts'
import { learnModel } from './learn-model.ts'
import { ASSUMED } from './match/model.ts'
import { type Block, findProfiles, findUnprepared, readBlocks } from './matching.queries.ts'
import { findMatching, type MatchingState, saveMatching, saveScanStep } from './matching-state.queries.ts'
import { savePairs, type WeighedPair } from './pairs.queries.ts'
import { prepareCards } from './prepare-cards.ts'
import { type Weighable, weighable, weighPair } from './weigh-pair.ts'

const CARDS_PER_STEP = 1000
const KEYS_PER_STEP = 20_000
const KEY_RANGE = 2 ** 52
const FIRST = '00000000-0000-0000-0000-000000000000'

/** Begins a scan of all cards from the start. */
export const beginScan = (now: Date): Scan => ({
  state: 'running',
  phase: 'index',
  position: null,
  cards: 0,
  pairs: 0,
  found: 0,
  progress: 0,
  startedAt: now.toISOString(),
  endedAt: null,
})

/**
 * Goes through all cards: prepares those that are not yet, learns the weights, compares every block. Each step is one transaction that also
 * stores how far it came, so a scan that was ended anywhere goes on there, and one that was stopped ends after the step it is in.
 */
export const scanCards =
  (platform: Platform) =>
  async (workspaceId: string, signal?: AbortSignal): Promise<void> => {
    for (;;) {
      const { scan } = await platform.transaction(workspaceId, findMatching)
      if (scan?.state !== 'running' || signal?.aborted) return
      if (scan.phase === 'learn') await learn(platform, workspaceId, scan)
      else
        await platform.database.quietTransaction(workspaceId, (tx) =>
          scan.phase === 'index' ? index(tx, scan) : compare(tx, scan, platform.now()),
        )
    }
  }

async function index(tx: Tx, scan: Scan): Promise<void> {
  const ids = await findUnprepared(tx, scan.position ?? FIRST, CARDS_PER_STEP)
  await prepareCards(tx, ids)
  const last = ids.at(-1)
  const next: Scan = last
    ? { ...scan, position: last, cards: scan.cards + ids.length }
    : { ...scan, phase: 'learn', position: null, progress: 0 }
  await saveScanStep(tx, next)
}

async function learn(platform: Platform, workspaceId: string, scan: Scan): Promise<void> {
  const model = await learnModel(platform, workspaceId)
  await platform.transaction(workspaceId, async (tx) => {
    if (model) await saveMatching(tx, { model, learnedAt: platform.now() })
    await saveScanStep(tx, { ...scan, phase: 'compare' })
  })
}

async function compare(tx: Tx, scan: Scan, now: Date): Promise<void> {
  const state = await findMatching(tx)
  const { blocks, end } = await readBlocks(tx, Number(scan.position ?? -1), KEYS_PER_STEP)
  const { pairs, compared } = await weighBlocks(tx, state, blocks)
  const found = await savePairs(tx, pairs)
  const next: Scan = {
    ...scan,
    pairs: scan.pairs + compared,
    found: scan.found + found,
    position: end === null ? null : String(end),
    progress: end === null ? 1 : end / KEY_RANGE,
    ...(end === null ? { state: 'done', endedAt: now.toISOString() } : {}),
  }
  await saveScanStep(tx, next)
}

/** Compares the pairs of blocks, each once, and keeps those that are worth showing. */
async function weighBlocks(
  tx: Tx,
  state: MatchingState,
  blocks: readonly Block[],
): Promise<{ pairs: WeighedPair[]; compared: number }> {
  const profiles = await findProfiles(tx, [...new Set(blocks.flatMap(({ ids }) => ids))])
  const cards = new Map<string, Weighable>([...profiles].map(([id, profile]) => [id, weighable(id, profile)]))
  const met = new Set<string>()
  const pairs: WeighedPair[] = []
  for (const { ids } of blocks)
    for (const [x, one] of ids.entries())
      for (let y = x + 1; y < ids.length; y++) {
        const other = ids[y] ?? ''
        const [a, b] = [cards.get(one), cards.get(other)]
        const name = one < other ? one + other : other + one
        if (!a || !b || met.has(name)) continue
        met.add(name)
        const pair = weighPair(state.model ?? ASSUMED, state, a, b)
        if (pair.verdict !== 'no') pairs.push(pair)
      }
  return { pairs, compared: met.size }
}
