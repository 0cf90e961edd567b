import { type Card, conflicts, preferred } from './survivorship.ts'

/** What decides which of two cards is shown when nobody chose. */
export interface Contender extends Card {
  readonly createdAt: Date
  readonly identities: readonly { readonly proven: boolean }[]
}

const STAGES = { customer: 2, former: 1, lead: 0 }

/** The card to be shown: the customer's, the one with a real name, the one with more proof, the older one. */
export function keepWhich(a: Contender, b: Contender): 'a' | 'b' {
  const proofs = (card: Contender) => card.identities.filter(({ proven }) => proven).length
  const order =
    STAGES[b.stage] - STAGES[a.stage] ||
    Number(a.nameIsStandIn) - Number(b.nameIsStandIn) ||
    proofs(b) - proofs(a) ||
    a.createdAt.getTime() - b.createdAt.getTime()
  return order <= 0 ? 'a' : 'b'
}

/** For each field in which the two differ the side whose value Okno would show. */
export function proposedChoices(a: Contender, b: Contender): Record<string, 'a' | 'b'> {
  const [kept, hidden] = keepWhich(a, b) === 'a' ? [a, b] : [b, a]
  return Object.fromEntries(
    conflicts(a, b).map((field) => [field, preferred(kept, hidden, field).id === a.id ? 'a' : 'b']),
  )
}
