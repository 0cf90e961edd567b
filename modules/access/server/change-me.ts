import { audit } from '#platform/server/audit.queries'
import { type Me, type MePatch, operatorChanged } from '../contract/index.ts'
import { renameAccount } from './accounts.queries.ts'
import type { OperatorActor } from './actor.ts'
import { operatorNotFound } from './assert-known.ts'
import type { AccessContext } from './context.ts'
import { lockOperator, updateOperator } from './operators.queries.ts'
import { updateAvailability } from './presence.queries.ts'
import { refreshPresence } from './presence.ts'
import { showMe } from './show-me.ts'

/** Changes what operators choose for themselves. Going away tells routing at once. */
export async function changeMe(
  { transaction, events, now, forget }: AccessContext,
  actor: OperatorActor,
  patch: MePatch,
): Promise<Me> {
  const { name, locale, availability } = patch
  return transaction(actor.workspaceId, async (tx) => {
    const operator = await lockOperator(tx, actor.operatorId)
    if (!operator) throw operatorNotFound()
    await updateOperator(tx, actor.operatorId, { name, locale })
    if (name !== undefined) {
      await renameAccount(tx, operator.userId, name)
      tx.afterCommit(() => forget(actor.operatorId))
    }
    if (availability) {
      await updateAvailability(tx, actor.operatorId, availability)
      await refreshPresence(tx, { events, now }, actor, actor.operatorId)
    }
    await audit(tx, actor, { action: 'changed', object: 'operator', id: actor.operatorId, details: { ...patch } })
    await events.publish(tx, actor, operatorChanged, { operatorId: actor.operatorId })
    return showMe(tx, now(), actor)
  })
}
