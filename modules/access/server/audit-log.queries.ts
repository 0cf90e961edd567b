import type { Tx } from '#platform/server/database'
import { type Page, type PageQuery, toPage } from '#platform/shared/page'
import type { AuditEntry } from '../contract/index.ts'
import { afterId } from './after-cursor.ts'
import './tables.ts'

/** One page of the audit log, the newest first. */
export async function findAuditPage(
  tx: Tx,
  filter: PageQuery & { object?: string | undefined; objectId?: string | undefined; operatorId?: string | undefined },
): Promise<Page<AuditEntry>> {
  let query = tx.db
    .selectFrom('platform.audit_log as log')
    .leftJoin('access.operators as operators', (join) =>
      join.onRef('operators.workspace_id', '=', 'log.workspace_id').onRef('operators.id', '=', 'log.operator_id'),
    )
    .where('log.workspace_id', '=', tx.workspaceId)
    .select(['log.id', 'log.at', 'log.action', 'log.object', 'log.object_id as objectId', 'log.details'])
    .select(['log.request_id as requestId', 'operators.id as operatorId', 'operators.name as operatorName'])
    .orderBy('log.id', 'desc')
    .limit(filter.limit + 1)
  if (filter.object) query = query.where('log.object', '=', filter.object)
  if (filter.objectId) query = query.where('log.object_id', '=', filter.objectId)
  if (filter.operatorId) query = query.where('log.operator_id', '=', filter.operatorId)
  if (filter.cursor) query = query.where('log.id', '<', afterId(filter.cursor))
  const rows = (await query.execute()).map(({ operatorId, operatorName, ...entry }) => ({
    ...entry,
    operator: operatorId && operatorName !== null ? { id: operatorId, name: operatorName } : null,
  }))
  return toPage(rows, filter.limit, ({ id }) => [id])
}
