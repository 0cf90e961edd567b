import { RULES } from './block-keys.ts'
import { COMPARISONS, type Comparison, FIELDS, levelsOf } from './comparisons.ts'
import { assumedPrior, levelNumbers, type Model } from './model.ts'

/** How often each pattern of agreement was seen. */
export class Patterns {
  readonly counts = new Map<string, { readonly levels: readonly (number | null)[]; count: number }>()
  total = 0

  add({ levels }: Comparison): void {
    const numbers = levels.map((level, i) => (level === null ? null : (levelNumbers[i]?.get(level) ?? null)))
    const key = numbers.join()
    const known = this.counts.get(key)
    if (known) known.count++
    else this.counts.set(key, { levels: numbers, count: 1 })
    this.total++
  }
}

/** What the data showed: pairs by chance, and pairs that each blocking rule brought together. */
export interface Sample {
  readonly cards: number
  readonly random: Patterns
  readonly byRule: ReadonlyMap<number, Patterns>
  /** Pairs of all rules, each once, and how many of them there are in the whole for one that was sampled. */
  readonly blocked: Patterns
  readonly scale: number
  readonly terms: Model['terms']
}

/** The assumptions count as so many pairs, so that a few cards do not overturn them. */
const ASSUMED_CHANCE_PAIRS = 2000
const ASSUMED_TRUE_PAIRS = 30
const ROUNDS = 40

/**
 * Learns m, u and the prior without labels: u from pairs by chance; m by expectation maximisation within the pairs of each blocking rule, from
 * the fields which that rule does not fix (Fellegi–Sunter, as Winkler and Splink do it); the prior from all blocked pairs together.
 */
export function estimateModel({ cards, random, byRule, blocked, scale, terms }: Sample): Model {
  const u = shares(random, ASSUMED_CHANCE_PAIRS, 1)
  const sums = FIELDS.map((field) => levelsOf(field).map(() => 0))
  for (const [rule, patterns] of byRule) addTrueLevels(sums, patterns, u, new Set(RULES[rule]?.fixes))
  const m = sums.map((counts, i) => smoothed(counts, i, ASSUMED_TRUE_PAIRS, 0))
  const levels = Object.fromEntries(
    FIELDS.map((field, i) => [
      field,
      Object.fromEntries(
        levelsOf(field).map((level, n) => [level, sane(m[i]?.[n] ?? 0, u[i]?.[n] ?? 1, n, levelsOf(field).length)]),
      ),
    ]),
  )
  return { levels, prior: estimatePrior(blocked, scale, cards, m, u), terms, cards }
}

type Shares = readonly (readonly number[])[]

/** Full agreement never speaks against and contradiction never for: what would say so is a trick of the sample. */
function sane(m: number, u: number, n: number, count: number): readonly [number, number] {
  if (n === 0) return [Math.max(m, u), u]
  if (n === count - 1) return [Math.min(m, u), u]
  return [m, u]
}

function shares(patterns: Patterns, assumed: number, which: 0 | 1): number[][] {
  const sums = FIELDS.map((field) => levelsOf(field).map(() => 0))
  for (const { levels, count } of patterns.counts.values())
    for (const [i, level] of levels.entries()) if (level !== null) add(sums, i, level, count)
  return sums.map((counts, i) => smoothed(counts, i, assumed, which))
}

function smoothed(counts: readonly number[], i: number, assumed: number, which: 0 | 1): number[] {
  const field = FIELDS[i] ?? 'surname'
  const priors = Object.values(COMPARISONS[field]).map((pair: readonly [number, number]) => pair[which])
  const total = counts.reduce((sum, count) => sum + count, 0) + assumed
  return counts.map((count, n) => (count + assumed * (priors[n] ?? 0)) / total)
}

function add(sums: number[][], i: number, level: number, count: number): void {
  const row = sums[i]
  if (row) row[level] = (row[level] ?? 0) + count
}

/** Expectation maximisation within one rule; adds what the presumed true pairs showed in the fields that the rule leaves free. */
function addTrueLevels(sums: number[][], patterns: Patterns, u: Shares, fixed: ReadonlySet<string>): void {
  let m: Shares = FIELDS.map((_, i) => assumedShares(i))
  let share = 0.1
  const isFree = FIELDS.map((field) => !fixed.has(field))
  const free = () => FIELDS.map((field) => levelsOf(field).map(() => 0))
  let seen = free()
  for (let round = 0; round < ROUNDS; round++) {
    seen = free()
    let sum = 0
    for (const { levels, count } of patterns.counts.values()) {
      const part = count * posterior(levels, m, u, share, isFree)
      sum += part
      for (const [i, level] of levels.entries()) if (level !== null && isFree[i]) add(seen, i, level, part)
    }
    m = seen.map((counts, i) => smoothed(counts, i, ASSUMED_TRUE_PAIRS, 0))
    share = Math.min(0.999, Math.max(1e-6, sum / Math.max(1, patterns.total)))
  }
  for (const [i, counts] of seen.entries()) for (const [level, count] of counts.entries()) add(sums, i, level, count)
}

const assumedShares = (i: number): number[] =>
  Object.values(COMPARISONS[FIELDS[i] ?? 'surname']).map(([m]: readonly [number, number]) => m)

function posterior(
  levels: readonly (number | null)[],
  m: Shares,
  u: Shares,
  share: number,
  isFree: readonly boolean[],
): number {
  let odds = share / (1 - share)
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i]
    if (level === null || level === undefined || !isFree[i]) continue
    odds *= (m[i]?.[level] ?? 1) / Math.max(1e-9, u[i]?.[level] ?? 1)
  }
  return odds / (1 + odds)
}

/** The share of all pairs that are one person: of those outside the blocks none is taken for one. */
function estimatePrior(blocked: Patterns, scale: number, cards: number, m: Shares, u: Shares): number {
  const assumed = assumedPrior(cards)
  const pairs = (cards * (cards - 1)) / 2
  if (blocked.total === 0 || pairs === 0) return assumed
  const isFree = FIELDS.map(() => true)
  let prior = assumed
  for (let round = 0; round < ROUNDS; round++) {
    let found = 0
    for (const { levels, count } of blocked.counts.values()) found += count * posterior(levels, m, u, prior, isFree)
    prior = Math.min(
      0.01,
      Math.max(1e-12, (found * scale + assumed * ASSUMED_CHANCE_PAIRS) / (pairs + ASSUMED_CHANCE_PAIRS)),
    )
  }
  return prior
}
