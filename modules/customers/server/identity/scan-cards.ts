import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Scan } from '../../contract/identity.ts'
import { learnModel } from './learn-model.ts'
import { ASSUMED } from './match/model.ts'
import type { Profile } from './match/profile.ts'
import { type Block, findFacts, findProfiles, findUnprepared, readBlocks } from './matching.queries.ts'
import { findMatching, type MatchingState, saveMatching, saveScanStep } from './matching-state.queries.ts'
import { savePairs, type WeighedPair } from './pairs.queries.ts'
import { storePrepared } from './prepare-cards.ts'
import type { CardFacts } from './profile-of.ts'
import { weighable, weighIfAlike } from './weigh-pair.ts'

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
      else if (scan.phase === 'index') await inSteps(platform, { workspaceId, scan, signal }, indexing)
      else await inSteps(platform, { workspaceId, scan, signal }, comparing)
    }
  }

/** A phase of a scan that goes from position to position. */
interface Phase<Material> {
  /** What one step works on. Only reads. `next` = position behind it, null when nothing follows. */
  read(tx: Tx, position: string | null): Promise<{ material: Material; next: string | null }>
  /** Works a step off and answers how far the scan has come. */
  work(tx: Tx, scan: Scan, step: { material: Material; next: string | null }, now: Date): Promise<Scan>
}

/**
 * Goes through a phase until it ends, is stopped or aborted. The next step is read while one is worked on: PostgreSQL and this process are busy
 * at the same time. Nothing else prepares or compares cards of this workspace meanwhile: all such jobs stand in one queue.
 */
async function inSteps<Material>(
  { database, now }: Platform,
  { workspaceId, scan, signal }: { workspaceId: string; scan: Scan; signal: AbortSignal | undefined },
  phase: Phase<Material>,
): Promise<void> {
  const readAt = (position: string | null) => database.quietTransaction(workspaceId, (tx) => phase.read(tx, position))
  let at = scan
  let ahead = readAt(at.position)
  for (let isOn = true; isOn && !signal?.aborted; ) {
    const step = await ahead
    const following = step.next === null ? null : readAt(step.next)
    const worked = database.quietTransaction(workspaceId, async (tx) => {
      at = await phase.work(tx, at, step, now())
      return saveScanStep(tx, at)
    })
    // A step that fails must not leave a reading behind that nobody waits for.
    await Promise.allSettled([worked, following])
    isOn = (await worked) && following !== null
    if (following) ahead = following
  }
}

const indexing: Phase<{ ids: string[]; facts: CardFacts[] }> = {
  read: async (tx, position) => {
    const ids = await findUnprepared(tx, position ?? FIRST, CARDS_PER_STEP)
    return { material: { ids, facts: await findFacts(tx, ids) }, next: ids.at(-1) ?? null }
  },
  work: async (tx, scan, { material: { ids, facts }, next }) => {
    if (next === null) return { ...scan, phase: 'learn', position: null, progress: 0 }
    await storePrepared(tx, ids, facts)
    return { ...scan, position: next, cards: scan.cards + ids.length }
  },
}

async function learn(platform: Platform, workspaceId: string, scan: Scan): Promise<void> {
  const model = await learnModel(platform, workspaceId)
  await platform.transaction(workspaceId, async (tx) => {
    if (model) await saveMatching(tx, { model, learnedAt: platform.now() })
    await saveScanStep(tx, { ...scan, phase: 'compare' })
  })
}

const comparing: Phase<{ blocks: Block[]; profiles: Map<string, Profile> }> = {
  read: async (tx, position) => {
    const { blocks, end } = await readBlocks(tx, Number(position ?? -1), KEYS_PER_STEP)
    const profiles = await findProfiles(tx, [...new Set(blocks.flatMap(({ ids }) => ids))])
    return { material: { blocks, profiles }, next: end === null ? null : String(end) }
  },
  work: async (tx, scan, { material, next }, now) => {
    const { pairs, compared } = weighBlocks(await findMatching(tx), material)
    const found = await savePairs(tx, pairs)
    return {
      ...scan,
      pairs: scan.pairs + compared,
      found: scan.found + found,
      position: next,
      progress: next === null ? 1 : Number(next) / KEY_RANGE,
      ...(next === null ? { state: 'done', endedAt: now.toISOString() } : {}),
    }
  },
}

/** Compares the pairs of blocks, each once, and keeps those that are worth showing. */
function weighBlocks(
  state: MatchingState,
  { blocks, profiles }: { blocks: readonly Block[]; profiles: ReadonlyMap<string, Profile> },
): { pairs: WeighedPair[]; compared: number } {
  const cards = [...profiles].map(([id, profile]) => weighable(id, profile))
  const numbers = new Map(cards.map(({ id }, number) => [id, number]))
  const met = new Set<number>()
  const pairs: WeighedPair[] = []
  const compare = (one: number, other: number) => {
    const pair = Math.min(one, other) * cards.length + Math.max(one, other)
    const [a, b] = [cards[one], cards[other]]
    if (met.has(pair) || !a || !b) return
    met.add(pair)
    const alike = weighIfAlike(state.model ?? ASSUMED, state, a, b)
    if (alike) pairs.push(alike)
  }
  for (const { ids } of blocks) {
    const block = ids.flatMap((id) => numbers.get(id) ?? [])
    for (const [x, one] of block.entries()) for (const other of block.slice(x + 1)) compare(one, other)
  }
  return { pairs, compared: met.size }
}
