import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { formsOf } from './find-speakers.ts'
import { findMembers, findShownId } from './identity/merges.queries.ts'
import { moveIdentity } from './identity/move-identity.ts'
import { findHeldAddresses } from './speakers.queries.ts'

/** Gives the addresses by which somebody wrote to another card: what comes by them from now on comes from there. Resolves to how many there were. */
export const moveAddress = (platform: Platform) => {
  const move = moveIdentity(platform)
  return async (
    tx: Tx,
    actor: Actor,
    of: { personId: string; accountId: string | null; values: readonly string[]; toPersonId: string },
  ): Promise<number> => {
    const personId = await findShownId(tx, of.personId)
    if (!personId) return 0
    const members = await findMembers(tx, personId)
    const held = await findHeldAddresses(tx, { members, values: formsOf(of.values), accountId: of.accountId })
    for (const { id } of held) await move(tx, actor, { personId, identityId: id, toPersonId: of.toPersonId })
    return held.length
  }
}
