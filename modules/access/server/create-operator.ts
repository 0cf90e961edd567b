import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import { type NewOperator, type Operator, operatorChanged } from '../contract/index.ts'
import { assertTeamsExist } from './assert-known.ts'
import type { AccessContext } from './context.ts'
import { findOperators, insertOperator } from './operators.queries.ts'
import { replaceMembers } from './teams.queries.ts'

/** @throws Problem `access.email_taken`, `access.unknown_team` */
export async function createOperator(
  { transaction, events, now, hashPassword }: AccessContext,
  actor: Actor,
  { password, ...draft }: NewOperator,
): Promise<Operator> {
  const passwordHash = await hashPassword(password)
  return transaction(actor.workspaceId, (tx) => addOperator(tx, { events, now }, actor, { ...draft, passwordHash }))
}

/** The part that runs in the caller's transaction. */
export async function addOperator(
  tx: Tx,
  { events, now }: Pick<AccessContext, 'events' | 'now'>,
  actor: Actor,
  { teamIds, ...draft }: Omit<NewOperator, 'password'> & { passwordHash: string },
): Promise<Operator> {
  await assertTeamsExist(tx, teamIds)
  const id = await insertOperator(tx, draft)
  if (!id) throw new Problem('access.email_taken', 409, 'Somebody signs in with this e-mail already.')
  await replaceMembers(tx, { operator_id: id }, teamIds)
  const { name, email, role } = draft
  await audit(tx, actor, { action: 'created', object: 'operator', id, details: { name, email, role } })
  await events.publish(tx, actor, operatorChanged, { operatorId: id })
  const [operator] = await findOperators(tx, { now: now(), ids: [id] })
  if (!operator) throw new Error('The new operator is not there.')
  return operator
}
