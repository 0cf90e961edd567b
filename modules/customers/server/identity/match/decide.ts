import type { Comparison, Field } from './comparisons.ts'
import { FIELDS } from './comparisons.ts'
import type { Evidence, Verdict } from './model.ts'

export type Decision = 'auto' | 'review' | 'no'

/** From which probabilities on cards are joined by themselves, and from which a person is asked. */
export interface Thresholds {
  readonly auto: number
  readonly review: number
  readonly joinsByItself: boolean
}

/** What speaks against one person so plainly that nothing is joined over it without a human. */
const CONTRADICTIONS: readonly Field[] = ['given', 'surname', 'patronymic', 'birthday', 'id']

/**
 * What to do with a pair. Joining by itself asks for more than a high probability: an address that both sides have from a trusted source, and no
 * contradiction in who it is. What strangers typed about themselves never joins cards: anybody can type anything.
 */
export function decide(limits: Thresholds, { levels, trusted }: Comparison, { probability }: Verdict): Decision {
  if (probability < limits.review) return 'no'
  const isContradicted = CONTRADICTIONS.some((field) => levels[FIELDS.indexOf(field)] === 'different')
  const isSafe = trusted.length > 0 && !isContradicted && levels[FIELDS.indexOf('given')] !== null
  return limits.joinsByItself && isSafe && probability >= limits.auto ? 'auto' : 'review'
}

/** A field that speaks at least so much for one person is named in the rule, bits. */
const NAMED_FROM = 2

/** The fields that agree, in one order: pairs of one rule are alike enough to count how often people agreed with it. */
export const ruleOfPair = (evidence: readonly Evidence[]): string =>
  evidence
    .filter(({ weight }) => weight >= NAMED_FROM)
    .map(({ field }) => field)
    .join('+') || 'other'
