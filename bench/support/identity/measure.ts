import { blockKeys, ruleOf } from '../../../modules/customers/server/identity/match/block-keys.ts'
import { compare } from '../../../modules/customers/server/identity/match/comparisons.ts'
import { estimateModel } from '../../../modules/customers/server/identity/match/estimate-model.ts'
import { SampleGatherer } from '../../../modules/customers/server/identity/match/gather-sample.ts'
import { judge, type Model, weigh } from '../../../modules/customers/server/identity/match/model.ts'
import { type Prepared, prepare } from '../../../modules/customers/server/identity/match/prepare.ts'
import type { LabelledSet } from './labelled-sets.ts'

export interface Quality {
  readonly pairs: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** Two places in the list of cards, the smaller first. */
type Pair = readonly [number, number]

const MAX_BLOCK = 100
const RANDOM_PAIRS = 200_000

/** Learns from the cards alone, without their labels, and says which pairs it takes for one person at each threshold. */
export function measure({ cards }: LabelledSet, thresholds: readonly number[]) {
  const prepared = cards.map(({ profile }) => prepare(profile))
  const truths = cards.map(({ truth }) => truth)
  const mayPair = (i: number, j: number) => cards[i]?.side === undefined || cards[i]?.side !== cards[j]?.side
  const blocks = blocksOf(prepared)
  const gatherer = new SampleGatherer()
  for (const card of prepared) gatherer.addCard(card)
  let state = 1
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state % prepared.length
  }
  for (let n = 0; n < RANDOM_PAIRS; n++) {
    const [i, j] = [random(), random()]
    const [a, b] = [prepared[i], prepared[j]]
    if (a && b && i !== j && mayPair(i, j)) gatherer.addRandom(a, b)
  }
  const candidates = new Map<string, Pair>()
  for (const [key, members] of blocks)
    for (const [i, j] of pairsOf(members)) {
      const [a, b] = [prepared[i], prepared[j]]
      if (!a || !b || !mayPair(i, j)) continue
      gatherer.addBlocked(ruleOf(key), a, b, !candidates.has(`${i} ${j}`))
      candidates.set(`${i} ${j}`, [i, j])
    }
  const model = estimateModel(gatherer.sample())
  const scored = [...candidates.values()].map(([i, j]) => ({
    i,
    j,
    probability: probability(model, prepared[i], prepared[j]),
  }))
  const isTrue = (i: number, j: number) => truths[i] === truths[j]
  const all = allTruePairs(truths, mayPair)
  const half = (i: number) => (hashOf(truths[i] ?? '') % 2 === 0 ? 'train' : 'test')
  const quality = (threshold: number, part: 'train' | 'test' | 'all'): Quality => {
    const inPart = (i: number, j: number) => part === 'all' || (half(i) === part && half(j) === part)
    const taken = scored.filter(({ i, j, probability }) => probability >= threshold && inPart(i, j))
    const right = taken.filter(({ i, j }) => isTrue(i, j)).length
    return qualityOf(right, taken.length, all.filter(([i, j]) => inPart(i, j)).length)
  }
  const reachable = all.filter(([i, j]) => candidates.has(`${i} ${j}`)).length
  return {
    model,
    scored,
    prepared,
    isTrue,
    candidates: candidates.size,
    blockingRecall: reachable / all.length,
    at: thresholds.map((threshold) => ({
      threshold,
      train: quality(threshold, 'train'),
      test: quality(threshold, 'test'),
    })),
    all,
    quality,
  }
}

const probability = (model: Model, a: Prepared | undefined, b: Prepared | undefined): number =>
  a && b ? judge(model, weigh(model, compare(a, b), a, b)).probability : 0

export function qualityOf(right: number, taken: number, all: number): Quality {
  const precision = taken === 0 ? 1 : right / taken
  const recall = all === 0 ? 1 : right / all
  return {
    pairs: taken,
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  }
}

function blocksOf(cards: readonly Prepared[]): Map<number, number[]> {
  const blocks = new Map<number, number[]>()
  for (const [i, card] of cards.entries())
    for (const key of blockKeys(card)) {
      const members = blocks.get(key)
      if (members) members.push(i)
      else blocks.set(key, [i])
    }
  for (const [key, { length }] of blocks) if (length < 2 || length > MAX_BLOCK) blocks.delete(key)
  return blocks
}

function* pairsOf(members: readonly number[]): Generator<Pair> {
  for (let x = 0; x < members.length; x++)
    for (let y = x + 1; y < members.length; y++) yield [members[x] ?? 0, members[y] ?? 0]
}

function allTruePairs(truths: readonly string[], mayPair: (i: number, j: number) => boolean): Pair[] {
  const groups = new Map<string, number[]>()
  for (const [i, truth] of truths.entries()) groups.set(truth, [...(groups.get(truth) ?? []), i])
  return [...groups.values()].flatMap((members) => [...pairsOf(members)].filter(([i, j]) => mayPair(i, j)))
}

export const hashOf = (text: string): number => {
  let value = 7
  for (const letter of text) value = (Math.imul(value, 31) + (letter.codePointAt(0) ?? 0)) >>> 0
  return value
}
