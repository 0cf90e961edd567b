import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { changedOnly } from '#platform/shared/changes'
import { Problem } from '#platform/shared/problems'
import { forgetReason, lockIdentities } from '../identities.queries.ts'
import { assertOpen } from '../personal-data/assert-open.ts'
import { personNotFound } from '../save-person.ts'
import { indexPerson } from '../search-documents.ts'
import { tellPerson } from '../tell-person.ts'
import { insertTimelineEntry } from '../timeline.queries.ts'
import { findShownId } from './merges.queries.ts'
import { findOwnIdentity, moveIdentityRow } from './shared.queries.ts'

/**
 * "This address belongs to somebody else": gives an identity to another card, with its proof. What comes by it from now on comes from there; what
 * came before stays where it is.
 *
 * @throws Problem `customers.identity_not_found`, `customers.person_not_found`, `customers.restricted`, `customers.erased`
 */
export const moveIdentity =
  ({ events, now }: Platform) =>
  async (tx: Tx, actor: Actor, of: { personId: string; identityId: string; toPersonId: string }): Promise<void> => {
    const asked = await findOwnIdentity(tx, of.personId, of.identityId)
    if (!asked) throw identityNotFound()
    await lockIdentities(tx, [asked])
    // Somebody may have given it away while this waited.
    const identity = await findOwnIdentity(tx, of.personId, of.identityId)
    if (!identity) throw identityNotFound()
    const toPersonId = await findShownId(tx, of.toPersonId)
    if (!toPersonId) throw personNotFound(of.toPersonId)
    if (toPersonId === of.personId) return
    await assertOpen(tx, [identity.personId, toPersonId])
    const at = now()
    await moveIdentityRow(tx, identity.id, toPersonId, {
      source: 'operator',
      at: at.toISOString(),
      operatorId: actor.operatorId,
      movedFrom: identity.personId,
    })
    await forgetReason(tx, identity.personId, identity)
    const data = { kind: identity.kind, value: identity.value, operatorId: actor.operatorId, operatorName: actor.name }
    await insertTimelineEntry(tx, { personId: of.personId, at, kind: 'customers.identity_removed', data })
    await insertTimelineEntry(tx, { personId: toPersonId, at, kind: 'customers.identity_received', data })
    const details = { kind: identity.kind, toPersonId }
    await audit(tx, actor, { action: 'customers.identity_moved', object: 'person', id: of.personId, details })
    for (const personId of [identity.personId, toPersonId]) {
      await indexPerson(tx, personId)
      await tellPerson(events, tx, actor, personId, changedOnly('identities'))
    }
  }

const identityNotFound = () => new Problem('customers.identity_not_found', 404, 'This person has no such identity.')
