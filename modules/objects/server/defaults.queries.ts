import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { CustomValues } from '../contract/index.ts'

/**
 * The values with which an object begins, as an expression: for modules that open objects when something arrives, inside a statement of theirs,
 * so that it costs none of its own. Whatever the arrival says of a field goes before its default. `storeValues` fills them in by itself.
 */
export const defaultsOf = (tx: Tx, object: string): RawBuilder<CustomValues> => sql`coalesce((
  select jsonb_object_agg(field.key, field.description -> 'default') from objects.fields as field
  where field.workspace_id = ${tx.workspaceId} and field.object = ${object} and field.archived_at is null
    and jsonb_typeof(field.description -> 'default') <> 'null'), '{}'::jsonb)`
