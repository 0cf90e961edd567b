import { audit } from '#platform/server/audit.queries'
import type { Actor } from '#platform/shared/actor'
import { changesBetween } from '#platform/shared/changes'
import { type Workspace, type WorkspacePatch, workspaceChanged } from '../contract/index.ts'
import type { AccessContext } from './context.ts'
import { findWorkspace, updateWorkspace } from './workspace.queries.ts'

export async function changeWorkspace(
  { transaction, events }: AccessContext,
  actor: Actor,
  patch: WorkspacePatch,
): Promise<Workspace> {
  return transaction(actor.workspaceId, async (tx) => {
    const before = await findWorkspace(tx)
    await updateWorkspace(tx, patch)
    const after = await findWorkspace(tx)
    await audit(tx, actor, { action: 'changed', object: 'workspace', id: tx.workspaceId, details: { ...patch } })
    const changes = changesBetween(before, after, ['name', 'locale', 'timeZone'])
    await events.publish(tx, actor, workspaceChanged, {}, { changes })
    return after
  })
}
