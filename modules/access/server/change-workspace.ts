import { audit } from '#platform/server/audit.queries'
import type { Actor } from '#platform/shared/actor'
import { type Workspace, type WorkspacePatch, workspaceChanged } from '../contract/index.ts'
import type { AccessContext } from './context.ts'
import { findWorkspace, updateWorkspace } from './workspace.queries.ts'

export async function changeWorkspace(
  { transaction, events }: AccessContext,
  actor: Actor,
  patch: WorkspacePatch,
): Promise<Workspace> {
  return transaction(actor.workspaceId, async (tx) => {
    await updateWorkspace(tx, patch)
    await audit(tx, actor, { action: 'changed', object: 'workspace', id: tx.workspaceId, details: { ...patch } })
    await events.publish(tx, actor, workspaceChanged, {})
    return findWorkspace(tx)
  })
}
