import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { systemActor } from '#platform/shared/actor'
import { personChanged } from '../contract/events.ts'
import { findHolder, linkAlike, lockIdentities, saveIdentities } from './identities.queries.ts'
import { type IdentityKind, identityKey } from './identity.ts'
import { indexPerson } from './search-documents.ts'
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
 * Makes an identity a proven one of this person: the answer to our own mail carried the token that only its receiver has. When it is already
 * proven for somebody else it stays theirs, and both cards become "maybe the same".
 * Resolves to the person who holds it afterwards; null when the value is no identity.
 */
export const proveIdentity =
  ({ events }: Platform) =>
  async (tx: Tx, { personId, kind, value, accountId = '', evidence, at }: Proof): Promise<string | null> => {
    const key = identityKey(kind, value, accountId)
    if (!key) return null
    const known = await findHolder(tx, key)
    if (known === personId) return personId

    await lockIdentities(tx, [key])
    const holder = await findHolder(tx, key)
    if (holder === personId) return personId
    const dated = { ...evidence, at: at.toISOString() }
    await saveIdentities(tx, { personId, keys: [key], proven: !holder, evidence: dated, at })
    await linkAlike(tx, personId, [key])
    if (!holder) {
      const data = { kind, value: key.value, source: evidence.source }
      await insertTimelineEntry(tx, { personId, at, kind: 'customers.identity_proven', data })
    }
    await indexPerson(tx, personId)
    await events.publish(tx, systemActor(tx.workspaceId), personChanged, { personId })
    return holder ?? personId
  }
