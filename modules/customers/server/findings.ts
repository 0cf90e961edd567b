import type { Match } from './identities.queries.ts'
import { type Evidence, type IdentityKey, isSame, type Sender } from './identity.ts'

/** One thing that came in by a channel, and who sent it. */
export interface Arrival {
  readonly account: { readonly id: string; readonly kind: string }
  readonly sender: Sender
  readonly arrivalId: string
  readonly at: Date
}

/** Keys of an arrival, each on the side on which it can be used for this person. */
export interface Findings {
  readonly proven: readonly IdentityKey[]
  readonly claims: readonly IdentityKey[]
  /** What is known of them: proven rows of anybody, claims of people who hold a proven one. */
  readonly matches: readonly Match[]
}

/** A person as far as it matters who wrote. */
export type Somebody = Pick<Match, 'personId' | 'name' | 'nameIsStandIn' | 'ownerId' | 'isRestricted'>

export interface Identified {
  personId: string
  name: string
  ownerId: string | null
  isNew: boolean
}

/** What an arrival tells of a person beyond what the card has. */
export function newsFor({ personId }: Pick<Somebody, 'personId'>, { proven, claims, matches }: Findings) {
  const has = (key: IdentityKey, strength: 'proven' | 'any') =>
    matches.some((match) => match.personId === personId && isSame(match, key) && (match.proven || strength === 'any'))
  const isTaken = (key: IdentityKey) => matches.some((match) => match.proven && isSame(match, key))
  const missing = proven.filter((key) => !has(key, 'proven'))
  return {
    /** Proven, and nobody's so far. */
    gained: missing.filter((key) => !isTaken(key)),
    /** Proven for somebody else: the surest identity decided; the rest is a hint that two cards are one person. */
    others: missing.filter(isTaken),
    claimed: claims.filter((key) => !has(key, 'any')),
  }
}

export const evidenceOf = ({ account, arrivalId, at }: Arrival): Evidence => ({
  source: account.kind,
  at: at.toISOString(),
  accountId: account.id,
  arrivalId,
})
