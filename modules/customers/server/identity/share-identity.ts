import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { changedOnly } from '#platform/shared/changes'
import { Problem } from '#platform/shared/problems'
import { personChanged } from '../../contract/events.ts'
import { findOwnIdentity, setShared } from './shared.queries.ts'

/**
 * Says that several people use a phone or a mailbox (family, office), or that it is one person's after all. It goes for every card that has it: from
 * now on it makes no two of them alike and joins nobody.
 *
 * @throws Problem `customers.identity_not_found`, `customers.identity_not_shareable`
 */
export const shareIdentity =
  ({ events }: Platform) =>
  async (tx: Tx, actor: Actor, of: { personId: string; identityId: string; shared: boolean }): Promise<void> => {
    const identity = await findOwnIdentity(tx, of.personId, of.identityId)
    if (!identity) throw new Problem('customers.identity_not_found', 404, 'This person has no such identity.')
    if (identity.kind !== 'phone' && identity.kind !== 'email') {
      throw new Problem('customers.identity_not_shareable', 422, 'Only phones and mailboxes are shared by people.')
    }
    const shown = await setShared(tx, identity, of.shared)
    const details = { kind: identity.kind, shared: of.shared }
    await audit(tx, actor, { action: 'customers.identity_shared', object: 'person', id: of.personId, details })
    for (const personId of shown)
      await events.publish(tx, actor, personChanged, { personId }, { changes: changedOnly('identities') })
  }
