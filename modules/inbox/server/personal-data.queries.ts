import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { Subject } from '#platform/server/personal-data'

export interface OwnMessage {
  readonly id: string
  readonly arrivalId: string | null
}

/** Conversations that were held with the person. */
export async function findConversationsOf(tx: Tx, { cards }: Subject): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from inbox.conversations where workspace_id = ${tx.workspaceId} and person_id = any(${[...cards]}::uuid[]) order by id`.execute(
    tx.db,
  )
  return rows.map(({ id }) => id)
}

/** Everything said in these conversations, and what the person said in others. */
export async function findMessagesOf(
  tx: Tx,
  { cards }: Subject,
  conversations: readonly string[],
): Promise<OwnMessage[]> {
  const { rows } = await sql<OwnMessage>`
    select id, arrival_id as "arrivalId" from inbox.messages where workspace_id = ${tx.workspaceId}
      and (conversation_id = any(${[...conversations]}::uuid[]) or person_id = any(${[...cards]}::uuid[]))`.execute(
    tx.db,
  )
  return rows
}

/** Those of the arrivals from which somebody else's message was read. */
export async function findOthersArrivals(
  tx: Tx,
  arrivals: readonly string[],
  messages: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct arrival_id as id from inbox.messages where workspace_id = ${tx.workspaceId}
      and arrival_id = any(${[...arrivals]}::uuid[]) and id <> all(${[...messages]}::uuid[])`.execute(tx.db)
  return rows.map(({ id }) => id)
}

/** Values of happenings that tell nothing of a customer: names of operators and teams, counts, tags, moments. */
const HARMLESS = [
  'operator',
  'by',
  'load',
  'capacity',
  'present',
  'until',
  'account',
  'team',
  'priority',
  'added',
  'removed',
]

/** Empties messages; who of us wrote them, when, and how long it took stays. */
export async function emptyMessages(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  await sql`
    update inbox.messages set text = '', quoted = null, html = null, subject = null, from_address = null, address = null, thread = null,
      from_name = case when direction = 'in' then null else from_name end, provider_id = null, in_reply_to = null, context = '{}',
      email = null, delivery_reason = null, arrival_id = null, deleted_at = coalesce(deleted_at, ${at}),
      event = case when event is null then null else jsonb_set(event, '{params}', (
        select coalesce(jsonb_object_agg(key, case when key = any(${HARMLESS}::text[]) then value else '""' end), '{}')
        from jsonb_each(event -> 'params'))) end
    where workspace_id = ${tx.workspaceId} and id = any(${[...ids]}::uuid[])`.execute(tx.db)
}

/** Takes files off messages; ids of those that stand nowhere else. */
export async function detachFiles(tx: Tx, messages: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with gone as (
      delete from inbox.attachments where workspace_id = ${tx.workspaceId} and message_id = any(${[...messages]}::uuid[])
      returning file_id
    )
    select distinct file_id as id from gone where not exists (
      select from inbox.attachments other where other.workspace_id = ${tx.workspaceId} and other.file_id = gone.file_id
        and other.message_id <> all(${[...messages]}::uuid[]))`.execute(tx.db)
  return rows.map(({ id }) => id)
}

/** Empties conversations and ends them: there is nobody to answer. Numbers, owners, tags and times stay. Drafts go, and so do ways back into them. */
export async function emptyConversations(tx: Tx, ids: readonly string[], at: Date): Promise<Record<string, number>> {
  const here = sql`workspace_id = ${tx.workspaceId} and conversation_id = any(${[...ids]}::uuid[])`
  await sql`
    update inbox.conversations set subject = '', last_text = '', custom = '{}', status = 'closed', closed_at = coalesce(closed_at, ${at}),
      waiting_since = null, due_at = null, limit_at = null, snoozed_until = null, updated_at = ${at}
    where workspace_id = ${tx.workspaceId} and id = any(${[...ids]}::uuid[])`.execute(tx.db)
  const drafts = await sql`delete from inbox.drafts where ${here}`.execute(tx.db)
  const threads = await sql`delete from inbox.threads where ${here}`.execute(tx.db)
  return {
    'inbox.conversations': ids.length,
    'inbox.drafts': Number(drafts.numAffectedRows ?? 0),
    'inbox.threads': Number(threads.numAffectedRows ?? 0),
  }
}

/** Conversations as they are told to the person. */
export async function tellConversations(tx: Tx, ids: readonly string[]): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select id, number, subject, status, tags, coalesce(custom, '{}') as fields, created_at as "createdAt", closed_at as "closedAt"
    from inbox.conversations where workspace_id = ${tx.workspaceId} and id = any(${[...ids]}::uuid[]) order by number`.execute(
    tx.db,
  )
  return rows
}

/** A portion of messages behind `after`, as they are told to the person. */
export async function tellMessages(tx: Tx, ids: readonly string[]): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select m.id, m.conversation_id as "conversationId", m.seq, m.direction, m.from_name as "fromName", m.from_address as "fromAddress",
      m.address, m.subject, m.text, m.quoted, m.context, m.sent_at as "sentAt",
      array(select a.file_id from inbox.attachments a where a.workspace_id = m.workspace_id and a.message_id = m.id order by a.position) as files
    from inbox.messages m where m.workspace_id = ${tx.workspaceId} and m.id = any(${[...ids]}::uuid[]) and m.direction <> 'event'
    order by m.conversation_id, m.seq`.execute(tx.db)
  return rows
}

/** Messages of the person's conversations that wait to leave. */
export async function findQueued(tx: Tx, conversations: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from inbox.messages where workspace_id = ${tx.workspaceId} and conversation_id = any(${[...conversations]}::uuid[])
      and direction = 'out' and delivery = 'queued'`.execute(tx.db)
  return rows.map(({ id }) => id)
}
