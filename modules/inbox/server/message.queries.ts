import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { keepPlan, texts, uuids } from '#platform/server/kept-plans'
import type { Line } from '../contract/index.ts'
import { storedRows } from './stored-json.ts'
import type { Automatic, Delivery, Direction } from './tables.ts'

/** A message as it is stored. Left-out fields are empty. */
export interface MessageRow {
  readonly id: string
  readonly conversationId: string
  readonly seq: number
  readonly direction: Direction
  readonly accountId?: string | null
  readonly operatorId?: string | null
  readonly personId?: string | null
  readonly fromName?: string | null
  readonly fromAddress?: string | null
  readonly thread?: string | null
  readonly address?: string | null
  readonly subject?: string | null
  readonly text: string
  readonly quoted?: string | null
  readonly html?: string | null
  readonly providerId?: string | null
  readonly inReplyTo?: string | null
  readonly automatic?: Automatic | null
  readonly context?: Readonly<Record<string, string>>
  readonly event?: Line | null
  readonly delivery?: Delivery | null
  readonly arrivalId?: string | null
  /** Where the sender can be reached by mail, when the channel told. */
  readonly email?: string | null
  readonly waitSeconds?: number | null
  readonly isFirstAnswer?: boolean
  readonly sentAt: Date
  readonly createdAt: Date
}

export async function insertMessages(tx: Tx, messages: readonly MessageRow[]): Promise<void> {
  if (messages.length === 0) return
  const rows = storedRows(
    messages.map((one) => ({ context: {}, isFirstAnswer: false, ...one, workspaceId: tx.workspaceId })),
  )
  await sql`insert into inbox.messages
    select * from jsonb_populate_recordset(null::inbox.messages, ${rows}::jsonb)`.execute(tx.db)
}

export interface AttachmentRow {
  readonly messageId: string
  readonly position: number
  readonly fileId: string
  readonly isInline: boolean
  readonly contentId: string | null
}

export async function insertAttachments(tx: Tx, attachments: readonly AttachmentRow[]): Promise<void> {
  if (attachments.length === 0) return
  const rows = storedRows(attachments.map((one) => ({ ...one, workspaceId: tx.workspaceId })))
  await sql`insert into inbox.attachments
    select * from jsonb_populate_recordset(null::inbox.attachments, ${rows}::jsonb)`.execute(tx.db)
}

/** Which of these provider's messages are stored already, as `accountId providerId`. */
export async function knownMessages(
  tx: Tx,
  messages: readonly { accountId: string; providerId: string }[],
): Promise<Set<string>> {
  if (messages.length === 0) return new Set()
  // One look into the index for each: a join may be planned as a scan of all messages.
  const { rows } = await keepPlan(sql<{ known: string }>`
    select account || ' ' || provider as known
    from unnest(
      ${uuids(messages.map((one) => one.accountId))}, ${texts(messages.map((one) => one.providerId))}
    ) as asked (account, provider)
    cross join lateral (
      select from inbox.messages
      where workspace_id = ${tx.workspaceId} and account_id = account and provider_id = provider limit 1
    ) as stored`).execute(tx.db)
  return new Set(rows.map((row) => row.known))
}

/** In which of these conversations these accounts have said something, as `accountId conversationId`. */
export async function findAnswered(
  tx: Tx,
  asked: readonly { accountId: string; conversationId: string }[],
): Promise<Set<string>> {
  if (asked.length === 0) return new Set()
  const { rows } = await sql<{ answered: string }>`
    select account || ' ' || conversation as answered
    from unnest(${asked.map((one) => one.accountId)}::uuid[], ${asked.map((one) => one.conversationId)}::uuid[])
      as asked (account, conversation)
    where exists (
      select from inbox.messages
      where workspace_id = ${tx.workspaceId} and conversation_id = conversation and account_id = account and direction = 'out'
    )`.execute(tx.db)
  return new Set(rows.map((row) => row.answered))
}

/** The conversation in which each of these messages stands. */
export async function conversationsOfMessages(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('inbox.messages')
    .select(['id', 'conversation_id as conversationId'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, conversationId }) => [id, conversationId]))
}

/** Columns of a message as they are shown. */
const shownColumns = [
  'id',
  'conversation_id as conversationId',
  'seq',
  'direction',
  'account_id as accountId',
  'operator_id as operatorId',
  'person_id as personId',
  'from_name as fromName',
  'from_address as fromAddress',
  'address',
  'subject',
  'text',
  'quoted',
  'html',
  'automatic',
  'context',
  'event',
  'delivery',
  'delivery_reason as deliveryReason',
  'delivery_reason_code as deliveryReasonCode',
  'sent_at as sentAt',
  'edited_at as editedAt',
  'deleted_at as deletedAt',
] as const

export type ShownMessage = Awaited<ReturnType<typeof findMessages>>[number]

/** Messages of one conversation by their place, the last `limit` before `before`, newest first. */
export async function findMessages(
  tx: Tx,
  { conversationId, before, limit }: { conversationId: string; before: number | undefined; limit: number },
) {
  return await tx.db
    .selectFrom('inbox.messages')
    .select(shownColumns)
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', conversationId)
    .$if(before !== undefined, (query) => query.where('seq', '<', before ?? 0))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
}

/** Messages after a place, oldest first: what came since. */
export async function findMessagesAfter(
  tx: Tx,
  { conversationId, after, limit }: { conversationId: string; after: number; limit: number },
): Promise<ShownMessage[]> {
  return await tx.db
    .selectFrom('inbox.messages')
    .select(shownColumns)
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', conversationId)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute()
}

export async function findMessage(tx: Tx, id: string): Promise<ShownMessage | undefined> {
  return await tx.db
    .selectFrom('inbox.messages')
    .select(shownColumns)
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function findAttachments(tx: Tx, messageIds: readonly string[]): Promise<AttachmentRow[]> {
  if (messageIds.length === 0) return []
  return await tx.db
    .selectFrom('inbox.attachments')
    .select([
      'message_id as messageId',
      'position',
      'file_id as fileId',
      'is_inline as isInline',
      'content_id as contentId',
    ])
    .where('workspace_id', '=', tx.workspaceId)
    .where('message_id', 'in', [...messageIds])
    .orderBy('message_id')
    .orderBy('position')
    .execute()
}
