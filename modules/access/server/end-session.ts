import { audit } from '#platform/server/audit.queries'
import { Problem } from '#platform/shared/problems'
import type { OperatorActor } from './actor.ts'
import type { AccessContext } from './context.ts'
import { deleteSession } from './sessions.queries.ts'

/** Signs the operator out on one device. @throws Problem `access.session_not_found` */
export async function endSession({ transaction, forget, now }: AccessContext, actor: OperatorActor, id: string) {
  await transaction(actor.workspaceId, async (tx) => {
    const isEnded = await deleteSession(tx, { id, operatorId: actor.operatorId, now: now() })
    if (!isEnded) throw new Problem('access.session_not_found', 404, 'There is no such session.')
    await audit(tx, actor, { action: 'session_ended', object: 'operator', id: actor.operatorId })
    tx.afterCommit(() => forget(actor.operatorId))
  })
}
