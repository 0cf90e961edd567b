import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { changedOnly } from '#platform/shared/changes'
import { Problem } from '#platform/shared/problems'
import { deleteIdentity } from './identities.queries.ts'
import { findOwnIdentity } from './identity/shared.queries.ts'
import { assertOpen } from './personal-data/assert-open.ts'
import { indexPerson } from './search-documents.ts'
import { tellPerson } from './tell-person.ts'
import { insertTimelineEntry } from './timeline.queries.ts'

/**
 * Takes an identity off a card, or off one that is shown as it: the next arrival from it no longer finds this person. Pairs that rested on it alone
 * go too.
 *
 * @throws Problem `customers.identity_not_found`, `customers.restricted`, `customers.erased`
 */
export const removeIdentity =
  ({ events, now }: Platform) =>
  async (tx: Tx, actor: Actor, of: { personId: string; identityId: string }): Promise<void> => {
    const identity = await findOwnIdentity(tx, of.personId, of.identityId)
    const removed = identity && (await deleteIdentity(tx, identity.personId, identity.id))
    if (!removed) throw new Problem('customers.identity_not_found', 404, 'This person has no such identity.')
    const { personId } = identity
    await assertOpen(tx, [personId])
    const { kind, value } = removed
    const data = { kind, value, operatorId: actor.operatorId, operatorName: actor.name }
    await insertTimelineEntry(tx, { personId, at: now(), kind: 'customers.identity_removed', data })
    await indexPerson(tx, personId)
    await audit(tx, actor, { action: 'customers.identity_removed', object: 'person', id: personId, details: { kind } })
    await tellPerson(events, tx, actor, personId, changedOnly('identities'))
  }
