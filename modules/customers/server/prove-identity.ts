import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { systemActor } from '#platform/shared/actor'
import { changedOnly } from '#platform/shared/changes'
import { findStanding, lockIdentities, saveIdentities } from './identities.queries.ts'
import { findShown } from './identity/merges.queries.ts'
import { type IdentityKind, identityKey } from './identity.ts'
import { tellPerson } from './tell-person.ts'
import { insertTimelineEntry } from './timeline.queries.ts'

export interface Proof {
  readonly personId: string
  readonly kind: IdentityKind
  readonly value: string
  /** Account whose provider gave the value out; without meaning for e-mail and phone. */
  readonly accountId?: string
  /** `source` says how it was proven, such as `reply`: the answer came with our signed token. */
  readonly evidence: { readonly source: string } & Readonly<Record<string, unknown>>
  readonly at: Date
}

/**
 * Makes what a person claimed, on any card that is shown as theirs, a proven identity: an answer to our own mail came from that address with the token that only its
 * receivers have. An address that the person never claimed stays as it is: a colleague in copy has the token too. When somebody else has
 * proven it, it stays theirs.
 * Resolves to the person who is proven to hold the identity afterwards; null when nobody is.
 */
export const proveIdentity =
  ({ events }: Platform) =>
  async (tx: Tx, { personId: askedId, kind, value, accountId = '', evidence, at }: Proof): Promise<string | null> => {
    const key = identityKey(kind, value, accountId)
    if (!key) return null
    // What colleagues write down stands on the card that is shown; the talk may be that of a card joined to it.
    const cards = (await findShown(tx, askedId))?.members ?? [askedId]
    const known = await findStanding(tx, key, cards)
    if (known.holderId || !known.claimantId) return known.holderId

    await lockIdentities(tx, [key])
    const { holderId, claimantId: personId } = await findStanding(tx, key, cards)
    if (holderId || !personId) return holderId
    await saveIdentities(tx, {
      personId,
      keys: [key],
      proven: true,
      evidence: { ...evidence, at: at.toISOString() },
      at,
    })
    const data = { kind, value: key.value, source: evidence.source }
    await insertTimelineEntry(tx, { personId, at, kind: 'customers.identity_proven', data })
    await tellPerson(events, tx, systemActor(tx.workspaceId), personId, changedOnly('identities'))
    return personId
  }
