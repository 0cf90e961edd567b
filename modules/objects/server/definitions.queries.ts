import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { keepPlan } from '#platform/server/kept-plans'
import type { FieldType } from '#platform/shared/objects/field-types'
import type { Label } from '#platform/shared/objects/object'
import type { FieldDescription } from './custom-objects.queries.ts'

/** A custom object as it is stored. */
export interface StoredObject {
  readonly id: string
  readonly key: string
  readonly label: { one: Label; many: Label }
  readonly archivedAt: Date | null
}
/** A custom field as it is stored. */
export interface StoredField {
  readonly id: string
  readonly object: string
  readonly key: string
  readonly type: FieldType
  readonly description: FieldDescription
  readonly position: number
  readonly archivedAt: Date | null
}

/** How often the workspace has changed its descriptions (0 = it has none of its own), and where its days begin. */
export async function findVersion(tx: Tx): Promise<{ version: number; timeZone: string }> {
  const { rows } = await keepPlan(sql<{ version: number; timeZone: string }>`
    select coalesce(v.version, 0) as version, w.time_zone as "timeZone" from platform.workspaces w
    left join objects.versions v on v.workspace_id = w.id where w.id = ${tx.workspaceId}`).execute(tx.db)
  return rows[0] ?? { version: 0, timeZone: 'UTC' }
}

/** Takes the workspace's descriptions for one change at a time, and says to every process that what it remembers is old. */
export async function moveVersion(tx: Tx): Promise<void> {
  await tx.db
    .insertInto('objects.versions')
    .values({ workspace_id: tx.workspaceId, version: 1 })
    .onConflict((conflict) =>
      conflict.column('workspace_id').doUpdateSet({ version: sql<number>`objects.versions.version + 1` }),
    )
    .execute()
}

export const findObjects = (tx: Tx): Promise<StoredObject[]> =>
  tx.db
    .selectFrom('objects.objects')
    .select(['id', 'key', 'label', 'archived_at as archivedAt'])
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('id')
    .execute()

export const findFields = (tx: Tx): Promise<StoredField[]> =>
  tx.db
    .selectFrom('objects.fields')
    .select(['id', 'object', 'key', 'type', 'description', 'position', 'archived_at as archivedAt'])
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('position')
    .orderBy('id')
    .execute()

export async function saveObject(tx: Tx, { id, key, label, archivedAt }: StoredObject): Promise<void> {
  const row = { label: JSON.stringify(label), archived_at: archivedAt }
  await tx.db
    .insertInto('objects.objects')
    .values({ workspace_id: tx.workspaceId, id, key, ...row })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doUpdateSet(row))
    .execute()
}

export async function saveField(tx: Tx, { id, object, key, type, ...field }: StoredField): Promise<void> {
  const row = {
    description: JSON.stringify(field.description),
    position: field.position,
    archived_at: field.archivedAt,
  }
  await tx.db
    .insertInto('objects.fields')
    .values({ workspace_id: tx.workspaceId, id, object, key, type, ...row })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doUpdateSet(row))
    .execute()
}
