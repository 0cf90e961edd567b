import { sql } from 'kysely'
import { defaultsOf } from '#modules/objects'
import type { CustomValues } from '#modules/objects/contract'
import type { Tx } from '#platform/server/database'
import { anyOf, keepPlan } from '#platform/server/kept-plans'
import type { ConversationState } from './conversation.ts'
import { storedRows } from './stored-json.ts'

/** Columns of a conversation under the names the rules use. */
export const conversationColumns = [
  'id',
  'number',
  'person_id as personId',
  'account_id as accountId',
  'subject',
  'status',
  'priority',
  'owner_id as ownerId',
  'team_id as teamId',
  'tags',
  'last_seq as lastSeq',
  'last_message_at as lastMessageAt',
  'last_text as lastText',
  'last_direction as lastDirection',
  'last_incoming_at as lastIncomingAt',
  'waiting_since as waitingSince',
  'due_at as dueAt',
  'limit_at as limitAt',
  'first_incoming_at as firstIncomingAt',
  'first_answered_at as firstAnsweredAt',
  'first_answer_seconds as firstAnswerSeconds',
  'first_answer_in_time as firstAnswerInTime',
  'assigned_at as assignedAt',
  'preferred_owner_id as preferredOwnerId',
  'snoozed_until as snoozedUntil',
  'closed_at as closedAt',
  'closed_by as closedBy',
  'reopened_count as reopenedCount',
  'routing',
  'custom',
  'created_at as createdAt',
] as const

/** Conversations of this workspace, locked in id order until the end of the transaction. */
export async function lockConversations(tx: Tx, ids: readonly string[]): Promise<ConversationState[]> {
  if (ids.length === 0) return []
  const statement = tx.db
    .selectFrom('inbox.conversations')
    .select(conversationColumns)
    .where('workspace_id', '=', tx.workspaceId)
    .where(sql<boolean>`id = ${anyOf(ids)}`)
    .orderBy('id')
    .forUpdate()
  const { rows } = await keepPlan(sql<ConversationState>`${statement}`).execute(tx.db)
  return rows
}

/**
 * With what `count` new conversations begin: their numbers, from `number` on, and the defaults of the company's own fields. Late in a
 * transaction: others wait for its end.
 */
export async function beginningOf(tx: Tx, count: number): Promise<{ number: number; custom: CustomValues }> {
  const { rows } = await keepPlan(sql<{ number: number; custom: CustomValues }>`
    insert into inbox.numbers (workspace_id, last_number) values (${tx.workspaceId}, ${count})
    on conflict (workspace_id) do update set last_number = numbers.last_number + excluded.last_number
    returning last_number - ${count}::bigint + 1 as number, ${defaultsOf(tx, 'conversation')} as custom`).execute(tx.db)
  const [beginning] = rows
  if (!beginning) throw new Error('Numbers without a row.')
  return beginning
}

/** Writes conversations as they are now, new and known ones alike, in one statement. */
export async function saveConversations(tx: Tx, conversations: readonly ConversationState[], at: Date): Promise<void> {
  if (conversations.length === 0) return
  const rows = storedRows(conversations.map((one) => ({ ...one, workspaceId: tx.workspaceId, updatedAt: at })))
  await sql`
    insert into inbox.conversations as c
    select * from jsonb_populate_recordset(null::inbox.conversations, ${rows}::jsonb)
    on conflict (workspace_id, id) do update set
      account_id = excluded.account_id, subject = excluded.subject, status = excluded.status, priority = excluded.priority,
      owner_id = excluded.owner_id, team_id = excluded.team_id, tags = excluded.tags, last_seq = excluded.last_seq,
      last_message_at = excluded.last_message_at, last_text = excluded.last_text, last_direction = excluded.last_direction,
      last_incoming_at = excluded.last_incoming_at, waiting_since = excluded.waiting_since, due_at = excluded.due_at,
      limit_at = excluded.limit_at, first_incoming_at = excluded.first_incoming_at,
      first_answered_at = excluded.first_answered_at, first_answer_seconds = excluded.first_answer_seconds,
      first_answer_in_time = excluded.first_answer_in_time, assigned_at = excluded.assigned_at,
      preferred_owner_id = excluded.preferred_owner_id, snoozed_until = excluded.snoozed_until,
      closed_at = excluded.closed_at, closed_by = excluded.closed_by, reopened_count = excluded.reopened_count,
      routing = excluded.routing, custom = excluded.custom, updated_at = excluded.updated_at`.execute(tx.db)
}
