import type { Questions } from '#modules/objects'
import { Problem } from '#platform/shared/problems'
import type { Candidate, Merge } from '../../contract/identity.ts'
import type { PairEvidence } from '../../contract/people.ts'
import { isComparedAs } from './profile-of.ts'
import { CUSTOM } from './survivorship.ts'

/** What is told of two cards, without the company's own fields that the reader's role may not read. */
export function forReader(ask: Pick<Questions, 'hiddenKeys' | 'readable'>) {
  const hidden = ask.hiddenKeys('person')
  const isHidden = (field: string) => field.startsWith(CUSTOM) && hidden.has(field.slice(CUSTOM.length))
  const without = <Value>(fields: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(Object.entries(fields).filter(([field]) => !isHidden(field)))
  const side = (card: Candidate['a']) => ({ ...card, custom: ask.readable('person', card.custom) })

  /** What agrees or contradicts is told, with its weight, but not in which words. */
  const evidence = (told: readonly PairEvidence[]): PairEvidence[] =>
    told.map((one) => ([...hidden].some((key) => isComparedAs(key, one.field)) ? { ...one, a: '', b: '' } : one))

  return {
    evidence,
    candidate: (pair: Candidate): Candidate => ({
      ...pair,
      a: side(pair.a),
      b: side(pair.b),
      choices: without(pair.choices),
      evidence: evidence(pair.evidence),
    }),
    merge: (merge: Merge): Merge => ({ ...merge, taken: without(merge.taken), evidence: evidence(merge.evidence) }),
    /** @throws Problem `customers.choice_unknown` when something is chosen in a field that the reader does not know */
    assertKnown: (choices: Readonly<Record<string, string>> = {}): void => {
      const field = Object.keys(choices).find(isHidden)
      if (field) throw choiceUnknown(field)
    },
  }
}

export const choiceUnknown = (field: string) =>
  new Problem('customers.choice_unknown', 422, `Nothing can be chosen so in ${field}.`, { params: { field } })
