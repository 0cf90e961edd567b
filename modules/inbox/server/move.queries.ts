import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { Utterance } from './conversation.ts'

/** A customer's message as moving it needs it. */
export interface MovableMessage {
  readonly id: string
  readonly seq: number
  readonly personId: string | null
  readonly accountId: string | null
  readonly fromName: string | null
  readonly fromAddress: string | null
  readonly email: string | null
  readonly thread: string | null
  readonly text: string
  readonly automatic: string | null
  readonly sentAt: Date
  readonly createdAt: Date
}

const movable = sql`id, seq, person_id as "personId", account_id as "accountId", from_name as "fromName", from_address as "fromAddress",
  email, thread, text, automatic, sent_at as "sentAt", created_at as "createdAt"`

/** An incoming message of this conversation. */
export async function findMovable(
  tx: Tx,
  { conversationId, messageId }: { conversationId: string; messageId: string },
): Promise<MovableMessage | undefined> {
  const { rows } = await sql<MovableMessage>`
    select ${movable} from inbox.messages where workspace_id = ${tx.workspaceId} and id = ${messageId}
      and conversation_id = ${conversationId} and direction = 'in'`.execute(tx.db)
  return rows[0]
}

/** The customer's last words in a conversation. */
export async function findLastIncoming(tx: Tx, conversationId: string): Promise<MovableMessage | undefined> {
  const { rows } = await sql<MovableMessage>`
    select ${movable} from inbox.messages where workspace_id = ${tx.workspaceId} and conversation_id = ${conversationId}
      and direction = 'in' order by seq desc limit 1`.execute(tx.db)
  return rows[0]
}

const CONVERSATIONS = 20
const NAMES = 10

/** Names under which messages came from an address in the last conversations of a person. */
export async function findNamesOfAddress(tx: Tx, personId: string, address: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct from_name as name from inbox.messages
    where workspace_id = ${tx.workspaceId} and direction = 'in' and from_address = ${address} and from_name is not null
      and conversation_id in (
        select id from inbox.conversations where workspace_id = ${tx.workspaceId} and person_id = ${personId}
        order by last_message_at desc, id desc limit ${sql.lit(CONVERSATIONS)})
    limit ${sql.lit(NAMES)}`.execute(tx.db)
  return rows.map(({ name }) => name)
}

/** What a conversation is without one of its messages. */
export interface Rest {
  /** The last words that remain; null when there are none. */
  readonly last: Utterance | null
  /** The oldest message of the customer that nobody answered. */
  readonly waitingSince: Date | null
}

export async function findRest(
  tx: Tx,
  { conversationId, without }: { conversationId: string; without: string },
): Promise<Rest> {
  const rest = sql`select * from inbox.messages
    where workspace_id = ${tx.workspaceId} and conversation_id = ${conversationId} and id <> ${without} and direction <> 'event'`
  const { rows: last } = await sql<Utterance>`
    select direction, text, sent_at as at from (${rest}) rest order by seq desc limit 1`.execute(tx.db)
  const { rows: waiting } = await sql<{ at: Date | null }>`
    select min(created_at) as at from (${rest}) rest
    where direction = 'in' and automatic is null
      and seq > coalesce((select max(seq) from (${rest}) said where direction = 'out'), 0)`.execute(tx.db)
  return { last: last[0] ?? null, waitingSince: waiting[0]?.at ?? null }
}

/** Makes a conversation another person's, with what they said in it. `members` = cards of whoever it was taken for. */
export async function givePerson(
  tx: Tx,
  { conversationId, personId, members }: { conversationId: string; personId: string; members: readonly string[] },
): Promise<void> {
  await sql`update inbox.conversations set person_id = ${personId}
    where workspace_id = ${tx.workspaceId} and id = ${conversationId}`.execute(tx.db)
  await sql`update inbox.messages set person_id = ${personId}
    where workspace_id = ${tx.workspaceId} and conversation_id = ${conversationId} and person_id = any(${members}::uuid[])`.execute(
    tx.db,
  )
}

/** Puts a message at the first place of another conversation. */
export async function moveMessageRow(
  tx: Tx,
  { id, conversationId, personId }: { id: string; conversationId: string; personId: string },
): Promise<void> {
  await sql`update inbox.messages set conversation_id = ${conversationId}, seq = 1, person_id = ${personId}
    where workspace_id = ${tx.workspaceId} and id = ${id}`.execute(tx.db)
}
