import { compare } from './match/comparisons.ts'
import { decide, ruleOfPair, type Thresholds } from './match/decide.ts'
import { type Evidence, judge, type Model, weigh } from './match/model.ts'
import { type Prepared, prepare } from './match/prepare.ts'
import type { Profile } from './match/profile.ts'
import type { WeighedPair } from './pairs.queries.ts'

/** A card ready for comparing. */
export interface Weighable {
  readonly id: string
  readonly profile: Profile
  readonly card: Prepared
}

export const weighable = (id: string, profile: Profile): Weighable => ({ id, profile, card: prepare(profile) })

/** Weighs two cards; the one with the smaller id stands first, also in the evidence. */
export const weighPair = (model: Model, limits: Thresholds, one: Weighable, other: Weighable): WeighedPair =>
  tell(judgePair(model, limits, one, other))

/** The same for two of many: null when they are not worth showing, as nearly all are, and then without putting the evidence into words. */
export function weighIfAlike(model: Model, limits: Thresholds, one: Weighable, other: Weighable): WeighedPair | null {
  const judged = judgePair(model, limits, one, other)
  return judged.decision === 'no' ? null : tell(judged)
}

function judgePair(model: Model, limits: Thresholds, one: Weighable, other: Weighable) {
  const [a, b] = one.id < other.id ? [one, other] : [other, one]
  const comparison = compare(a.card, b.card)
  const evidence = weigh(model, comparison, a.card, b.card)
  const verdict = judge(model, evidence)
  return { a, b, evidence, verdict, decision: decide(limits, comparison, verdict) }
}

const tell = ({ a, b, evidence, verdict, decision }: ReturnType<typeof judgePair>): WeighedPair => ({
  personId: a.id,
  otherId: b.id,
  ...verdict,
  verdict: decision,
  rule: ruleOfPair(evidence),
  evidence: evidence
    .toSorted((x, y) => Math.abs(y.weight) - Math.abs(x.weight))
    .map(({ field, level, weight }) => ({
      field,
      level,
      weight: Math.round(weight * 10) / 10,
      ...told(field, a.profile, b.profile),
    })),
})

/** One rule of its own: one sender showed the channel's proof of an identity of each card. Certain, unless the names contradict. */
export const SAME_SENDER = 'sender'

/** The pair as one whose two identities a channel saw in one hand: `value` is the identity that led to the other card. */
export function withProof(pair: WeighedPair, value: string, limits: Thresholds): WeighedPair {
  const isContradicted = pair.evidence.some(
    ({ field, level }) => level === 'different' && (field === 'given' || field === 'surname'),
  )
  const proof = { field: SAME_SENDER, level: 'exact', weight: 16, a: value, b: value }
  const verdict = limits.joinsByItself && !isContradicted ? 'auto' : 'review'
  const bits = pair.bits + proof.weight
  return {
    ...pair,
    evidence: [proof, ...pair.evidence],
    rule: SAME_SENDER,
    bits,
    probability: 1 / (1 + 2 ** -bits),
    verdict,
  }
}

/** The values that agree or contradict, as people read them. */
function told(field: Evidence['field'], a: Profile, b: Profile): { a: string; b: string } {
  const textOf = (profile: Profile): string => {
    switch (field) {
      case 'surname':
      case 'given':
      case 'patronymic':
        return capital(profile[field])
      case 'phone':
        return both(profile.phones, a.phones, b.phones)
      case 'email':
        return both(profile.emails, a.emails, b.emails)
      case 'id':
        return both(profile.ids, a.ids, b.ids).replace(/^\S+ /, '')
      case 'company':
        return profile.companies[0] ?? ''
      case 'birthday':
      case 'address':
      case 'city':
      case 'postcode':
        return profile[field] ?? ''
    }
  }
  return { a: textOf(a), b: textOf(b) }
}

/** The value that both have, else one's first. */
function both(own: Profile['phones'], a: Profile['phones'], b: Profile['phones']): string {
  const common = a.find(({ value }) => b.some((other) => other.value === value))
  return common?.value ?? own[0]?.value ?? ''
}

const capital = (word: string | null): string => (word ? word.charAt(0).toUpperCase() + word.slice(1) : '')
