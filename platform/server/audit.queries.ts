import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#platform/shared/actor'
import type { Tx } from './database.ts'
import { keepPlan } from './kept-plans.ts'

/** What somebody did. Values of secrets never go into `details`. */
interface AuditEntry {
  action: string
  object: string
  id?: string
  details?: Record<string, unknown>
  requestId?: string
}

/** One line of the audit log as it is stored. */
export interface AuditRow {
  operatorId: string | null
  action: string
  object: string
  objectId: string | null
  details: Record<string, unknown>
  requestId: string | null
}

/** Writes who did what to the audit log, with the commit of the caller's transaction. */
export const audit = (tx: Tx, actor: Actor, entry: AuditEntry): Promise<void> => auditAll(tx, actor, [entry])

/** As `audit`, for many things. */
export async function auditAll(tx: Tx, actor: Actor, entries: readonly AuditEntry[]): Promise<void> {
  for (const { action, object, id = null, details = {}, requestId = null } of entries)
    tx.outbox.audit.push({ operatorId: actor.operatorId, action, object, objectId: id, details, requestId })
}

/** Stores lines in the order in which they were written. */
export const storeAudit = (tx: Tx, rows: readonly AuditRow[]): RawBuilder<unknown> =>
  keepPlan(sql`
    insert into platform.audit_log (workspace_id, operator_id, action, object, object_id, details, request_id)
    select ${tx.workspaceId}::uuid, "operatorId", action, object, "objectId", details, "requestId"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given ("operatorId" uuid, action text, object text, "objectId" uuid, details jsonb, "requestId" text)`)
