import type { Actor } from '#platform/shared/actor'
import type { Tx } from './database.ts'

/** What somebody did. Values of secrets never go into `details`. */
interface AuditEntry {
  action: string
  object: string
  id?: string
  details?: Record<string, unknown>
  requestId?: string
}

/** Writes who did what to the audit log, in the caller's transaction. */
export const audit = (tx: Tx, actor: Actor, entry: AuditEntry): Promise<void> => auditAll(tx, actor, [entry])

/** As `audit`, for many things in one statement. */
export async function auditAll(tx: Tx, actor: Actor, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  await tx.db
    .insertInto('platform.audit_log')
    .values(
      entries.map((entry) => ({
        workspace_id: tx.workspaceId,
        operator_id: actor.operatorId,
        action: entry.action,
        object: entry.object,
        object_id: entry.id ?? null,
        details: JSON.stringify(entry.details ?? {}),
        request_id: entry.requestId ?? null,
      })),
    )
    .execute()
}
