import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Actor, Role } from '#platform/shared/actor'
import { type Changes, changedOnly, changesBetween } from '#platform/shared/changes'
import { Problem } from '#platform/shared/problems'
import { type Operator, type OperatorPatch, operatorChanged } from '../contract/index.ts'
import { deleteSessions, renameAccount } from './accounts.queries.ts'
import { assertTeamsExist, operatorNotFound } from './assert-known.ts'
import type { AccessContext } from './context.ts'
import { deleteKeysOfUser } from './keys.queries.ts'
import { findOperators, lockAdministrators, lockOperator, updateOperator } from './operators.queries.ts'
import { refreshPresence } from './presence.ts'
import { isRaise } from './rank.ts'
import { replaceMembers } from './teams.queries.ts'

/**
 * Changes an operator; archiving signs them out everywhere and ends their keys. The last administrator stays one, and nobody
 * raises their own role.
 *
 * @throws Problem `access.operator_not_found`, `access.last_administrator`, `access.own_role`, `access.unknown_team`
 */
export async function changeOperator(
  { transaction, events, now, forget }: AccessContext,
  actor: Actor,
  id: string,
  patch: OperatorPatch,
): Promise<Operator> {
  return transaction(actor.workspaceId, async (tx) => {
    await assertAdministratorRemains(tx, id, patch)
    const operator = await lockOperator(tx, id)
    if (!operator) throw operatorNotFound()
    assertNotRaisingSelf(actor, id, { from: operator.role, to: patch.role })
    if (patch.teamIds) await assertTeamsExist(tx, patch.teamIds)

    const { name, role, capacity, teamIds, isArchived } = patch
    const archivedAt = isArchived === undefined ? undefined : isArchived ? (operator.archivedAt ?? now()) : null
    await updateOperator(tx, id, { name, role, capacity, archived_at: archivedAt })
    if (name !== undefined) await renameAccount(tx, operator.userId, name)
    if (teamIds) await replaceMembers(tx, { operator_id: id }, teamIds)
    if (isArchived) {
      await deleteSessions(tx, operator.userId)
      await deleteKeysOfUser(tx, operator.userId)
    }
    if (isArchived !== undefined) await refreshPresence(tx, { events, now }, actor, id)

    await audit(tx, actor, { action: 'changed', object: 'operator', id, details: { ...patch } })
    tx.afterCommit(() => forget(id))
    const [changed] = await findOperators(tx, { now: now(), ids: [id] })
    if (!changed) throw operatorNotFound()
    const before = { ...operator, isArchived: operator.archivedAt !== null }
    await events.publish(tx, actor, operatorChanged, { operatorId: id }, { changes: changesOf(before, changed, patch) })
    return changed
  })
}

type Told = Pick<Operator, 'name' | 'role' | 'capacity' | 'isArchived'>
const changesOf = (before: Told, after: Told, { teamIds }: OperatorPatch): Changes => ({
  ...changesBetween<Told>(before, after, ['name', 'role', 'capacity', 'isArchived']),
  ...(teamIds ? changedOnly('teamIds') : {}),
})

async function assertAdministratorRemains(tx: Tx, id: string, { role, isArchived }: OperatorPatch) {
  const leaves = isArchived || (role !== undefined && role !== 'administrator')
  if (!leaves) return
  const administrators = await lockAdministrators(tx)
  if (administrators.length === 1 && administrators[0] === id) {
    throw new Problem('access.last_administrator', 409, 'The last administrator stays: make somebody else one first.')
  }
}

function assertNotRaisingSelf(actor: Actor, id: string, { from, to }: { from: Role; to: Role | undefined }) {
  if (actor.operatorId === id && to !== undefined && isRaise(from, to)) {
    throw new Problem('access.own_role', 403, 'Nobody raises their own role.')
  }
}
