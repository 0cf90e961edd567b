import type { Tx } from '#platform/server/database'
import type { Me } from '../contract/index.ts'
import { hasTwoFactor } from './accounts.queries.ts'
import { type OperatorActor, permissionsOfActor } from './actor.ts'
import { operatorNotFound } from './assert-known.ts'
import { findLocale, findOperators } from './operators.queries.ts'
import { findWorkspace } from './workspace.queries.ts'

/** Who the actor is and what they may do. */
export async function showMe(tx: Tx, now: Date, actor: OperatorActor): Promise<Me> {
  const [operator] = await findOperators(tx, { now, ids: [actor.operatorId] })
  if (!operator) throw operatorNotFound()
  return {
    operator: { ...operator, locale: await findLocale(tx, actor.operatorId) },
    workspace: await findWorkspace(tx),
    permissions: permissionsOfActor(actor),
    twoFactorEnabled: await hasTwoFactor(tx, actor.operatorId),
  }
}
