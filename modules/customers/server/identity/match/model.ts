import { COMPARISONS, type Comparison, FIELDS, type Field, levelsOf } from './comparisons.ts'
import type { Prepared } from './prepare.ts'
import { PHONE_TAIL as TAIL } from './profile.ts'

/** What Okno has learned about how cards of one person agree. Plain data: kept in the database. */
export interface Model {
  /** [m, u] by field and level. */
  readonly levels: Readonly<Record<string, Readonly<Record<string, readonly [m: number, u: number]>>>>
  /** Share of all pairs that are one person. */
  readonly prior: number
  /** Share of cards with a word, by field: common words say less. */
  readonly terms: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Cards it was learned from; 0 = assumed. */
  readonly cards: number
}

/** Pairs of one person per card, before the data has spoken. */
const DOUBLES_PER_CARD = 0.05
/** A small book of addresses says too little about chance: it is taken for at least this large. */
const MIN_CARDS = 1000

export const assumedPrior = (cards: number): number => (2 * DOUBLES_PER_CARD) / (Math.max(cards, MIN_CARDS) - 1)

export const ASSUMED: Model = { levels: COMPARISONS, prior: assumedPrior(MIN_CARDS), terms: {}, cards: 0 }

/** One field's say: how it agrees and what that weighs, in bits. */
export interface Evidence {
  readonly field: Field
  readonly level: string
  readonly weight: number
}

export interface Verdict {
  /** log2 of the odds that the two are one person, the prior included. */
  readonly bits: number
  readonly probability: number
}

/** Words by which a field's agreement is rarer or commoner than on average. */
const TERMS_OF: Partial<Record<Field, (card: Prepared) => readonly string[]>> = {
  surname: ({ surname }) => (surname ? [surname.sound] : []),
  given: ({ given }) => given?.full ?? [],
  city: ({ city }) => (city ? [city] : []),
  phone: ({ phones }) => phones.map(({ digits }) => digits.slice(-TAIL)),
  email: ({ emails }) => emails.map(({ box }) => box),
}
export const termsOf = (field: Field, card: Prepared): readonly string[] => TERMS_OF[field]?.(card) ?? []
export const TERM_FIELDS = Object.keys(TERMS_OF) as readonly Field[]

/** No single agreement outweighs this, whatever rare word it rests on: a rare word may be a mistake that was copied. */
const MAX_BITS = 16
const AGREEMENTS = new Set(['exact', 'spelling'])

/** The weight of every field that can be compared. `terms: false` leaves the rarity of words out. */
export function weigh(model: Model, { levels }: Comparison, a?: Prepared, b?: Prepared): Evidence[] {
  const found: Evidence[] = []
  for (let i = 0; i < FIELDS.length; i++) {
    const [field, level] = [FIELDS[i], levels[i]]
    if (!field || !level) continue
    const [m, u] = model.levels[field]?.[level] ?? [1, 1]
    const rarity = a && b && AGREEMENTS.has(level) ? rarityOf(model, field, a, b) : 0
    const weight = Math.min(MAX_BITS, Math.max(-MAX_BITS, Math.log2(m / u) + rarity))
    found.push({ field, level, weight })
  }
  return found
}

/** An address stands on the two cards that agree in it; only a third and further ones make it say less. */
const OWN_CARDS = 2

/** Bits by which this agreement says more (rare word) or less (common one) than an average one. */
function rarityOf(model: Model, field: Field, a: Prepared, b: Prepared): number {
  const known = model.terms[field]
  if (!known || model.cards === 0) return 0
  const others = termsOf(field, b)
  const common = termsOf(field, a).filter((term) => others.includes(term))
  if (common.length === 0) return 0
  const share = Math.min(...common.map((term) => known[term] ?? 1 / model.cards))
  if (field === 'phone' || field === 'email') return Math.min(0, Math.log2(OWN_CARDS / (share * model.cards)))
  return Math.log2((model.levels[field]?.exact?.[1] ?? 1) / Math.max(share, 1 / model.cards))
}

export function judge(model: Model, evidence: readonly Evidence[]): Verdict {
  const bits = Math.log2(model.prior / (1 - model.prior)) + evidence.reduce((sum, { weight }) => sum + weight, 0)
  return { bits, probability: 1 / (1 + 2 ** -bits) }
}

/** Numbers of each field's levels, best first: how comparisons are counted. */
export const levelNumbers: readonly ReadonlyMap<string, number>[] = FIELDS.map(
  (field) => new Map(levelsOf(field).map((level, number) => [level, number])),
)
