import type { Actor } from '#platform/shared/actor'
import type { Tx } from './database.ts'

/** Writes who did what to the audit log, in the caller's transaction. Values of secrets never go into `details`. */
export async function audit(
  tx: Tx,
  actor: Actor,
  entry: { action: string; object: string; id?: string; details?: Record<string, unknown>; requestId?: string },
): Promise<void> {
  await tx.db
    .insertInto('platform.audit_log')
    .values({
      workspace_id: tx.workspaceId,
      operator_id: actor.operatorId,
      action: entry.action,
      object: entry.object,
      object_id: entry.id ?? null,
      details: JSON.stringify(entry.details ?? {}),
      request_id: entry.requestId ?? null,
    })
    .execute()
}
