import type { Tx } from '#platform/server/database'
import type { Events } from '#platform/server/events'
import type { Actor } from '#platform/shared/actor'
import type { Changes } from '#platform/shared/changes'
import { personChanged } from '../contract/events.ts'
import { findShownId } from './identity/merges.queries.ts'

/**
 * Tells that a card changed, and that the one did under which it is shown: that is what windows show, and what is compared. `changes` are those of
 * the card; of them the shown one shares the addresses.
 */
export async function tellPerson(
  events: Events,
  tx: Tx,
  actor: Actor,
  personId: string,
  changes?: Changes,
): Promise<void> {
  await events.publish(tx, actor, personChanged, { personId }, changes ? { changes } : {})
  const shownId = await findShownId(tx, personId)
  if (!shownId || shownId === personId) return
  const identities = changes?.identities
  await events.publish(tx, actor, personChanged, { personId: shownId }, identities ? { changes: { identities } } : {})
}
