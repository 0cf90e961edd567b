import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { keepPlan } from '#platform/server/kept-plans'
import type { Actor } from '#platform/shared/actor'

/** Writes into the audit log that somebody read a card, unless the same reading stands there since `since`. */
export async function insertRead(
  tx: Tx,
  actor: Actor,
  of: { personId: string; since: Date; at: Date; requestId: string },
): Promise<void> {
  await keepPlan(sql`
    insert into platform.audit_log (workspace_id, operator_id, at, action, object, object_id, request_id)
    select ${tx.workspaceId}, ${actor.operatorId}::uuid, ${of.at}::timestamptz, 'customers.person_read', 'person', ${of.personId}::uuid, ${of.requestId}
    where not exists (
      select from platform.audit_log
      where workspace_id = ${tx.workspaceId} and object = 'person' and object_id = ${of.personId}
        and action = 'customers.person_read' and operator_id is not distinct from ${actor.operatorId}::uuid and at > ${of.since}::timestamptz
    )`).execute(tx.db)
}
