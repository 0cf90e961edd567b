import { audit } from '#platform/server/audit.queries'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import { deleteSessions, deleteTwoFactor, updatePassword } from './accounts.queries.ts'
import { operatorNotFound } from './assert-known.ts'
import type { AccessContext } from './context.ts'
import { lockOperator } from './operators.queries.ts'

/**
 * Sets the password of another operator and signs them out everywhere. One's own is changed with the old one, so that a window left
 * open does not give an account away.
 *
 * @throws Problem `access.operator_not_found`, `access.own_password`
 */
export async function setPassword(
  { transaction, hashPassword, forget }: AccessContext,
  actor: Actor,
  id: string,
  { password, resetTwoFactor }: { password: string; resetTwoFactor: boolean },
): Promise<void> {
  if (actor.operatorId === id) {
    throw new Problem('access.own_password', 403, 'Change your own password with the old one.')
  }
  const passwordHash = await hashPassword(password)
  await transaction(actor.workspaceId, async (tx) => {
    const operator = await lockOperator(tx, id)
    if (!operator) throw operatorNotFound()
    await updatePassword(tx, operator.userId, passwordHash)
    if (resetTwoFactor) await deleteTwoFactor(tx, operator.userId)
    await deleteSessions(tx, operator.userId)
    await audit(tx, actor, { action: 'password_set', object: 'operator', id, details: { resetTwoFactor } })
    tx.afterCommit(() => forget(id))
  })
}
