import { compare } from './comparisons.ts'
import { Patterns, type Sample } from './estimate-model.ts'
import { TERM_FIELDS, termsOf } from './model.ts'
import type { Prepared } from './prepare.ts'

/** Words kept with their frequency; rarer ones count as seen once. */
const MAX_TERMS = 3000
const MIN_SEEN = 2

/** Collects what a model is learned from, card by card and pair by pair. */
export class SampleGatherer {
  readonly #random = new Patterns()
  readonly #blocked = new Patterns()
  readonly #byRule = new Map<number, Patterns>()
  readonly #terms = new Map(TERM_FIELDS.map((field) => [field, new Map<string, number>()]))
  #cards = 0

  addCard(card: Prepared): void {
    this.#cards++
    for (const [field, counts] of this.#terms) {
      for (const term of termsOf(field, card)) counts.set(term, (counts.get(term) ?? 0) + 1)
    }
  }

  addRandom(a: Prepared, b: Prepared): void {
    this.#random.add(compare(a, b))
  }

  /** @param isFirst false when another rule brought the same pair before */
  addBlocked(rule: number, a: Prepared, b: Prepared, isFirst: boolean): void {
    const comparison = compare(a, b)
    const patterns = this.#byRule.get(rule) ?? new Patterns()
    this.#byRule.set(rule, patterns)
    patterns.add(comparison)
    if (isFirst) this.#blocked.add(comparison)
  }

  /** @param cards number of cards in the whole of which the added ones are a part @param scale all blocked pairs per blocked pair that was added */
  sample(cards = this.#cards, scale = 1): Sample {
    const terms = Object.fromEntries([...this.#terms].map(([field, counts]) => [field, this.#frequent(counts)]))
    return { cards, random: this.#random, blocked: this.#blocked, byRule: this.#byRule, scale, terms }
  }

  #frequent(counts: ReadonlyMap<string, number>): Record<string, number> {
    const seen = [...counts].filter(([, count]) => count >= MIN_SEEN).toSorted(([, a], [, b]) => b - a)
    return Object.fromEntries(seen.slice(0, MAX_TERMS).map(([term, count]) => [term, count / this.#cards]))
  }
}
