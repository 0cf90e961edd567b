import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { anyOf } from '#platform/server/kept-plans'
import type { Actor } from '#platform/shared/actor'
import { conversationColumns } from './conversation.queries.ts'
import type { ConversationState } from './conversation.ts'

/**
 * The one rule of who sees which conversations, as a condition on the row `c`: supervisors all; an operator own ones, those of own teams, and
 * those that are nobody's. Events follow the same rule in `audienceOf`.
 */
export function visibleTo(actor: Actor, c: RawBuilder<unknown> = sql.ref('c')): RawBuilder<boolean> {
  if (actor.can('inbox.read_all')) return sql`true`
  return sql`(
    ${c}.owner_id = ${actor.operatorId}::uuid
    or ${c}.team_id = ${anyOf(actor.teamIds)}
    or (${c}.owner_id is null and ${c}.team_id is null)
  )`
}

/** A conversation that the actor may see; undefined for any other, as if it did not exist. */
export async function findVisible(tx: Tx, actor: Actor, id: string): Promise<ConversationState | undefined> {
  return await visible(tx, actor, id).executeTakeFirst()
}

/** As `findVisible`, locked until the end of the transaction. */
export async function lockVisible(tx: Tx, actor: Actor, id: string): Promise<ConversationState | undefined> {
  return await visible(tx, actor, id).forUpdate().executeTakeFirst()
}

const visible = (tx: Tx, actor: Actor, id: string) =>
  tx.db
    .selectFrom('inbox.conversations as c')
    .select(conversationColumns)
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .where(visibleTo(actor))
