import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { storedRows } from './stored-json.ts'
import type { Automatic, Delivery, Direction, Line } from './tables.ts'

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
  const { rows } = await sql<{ known: string }>`
    select account_id || ' ' || provider_id as known from inbox.messages
    join unnest(${messages.map((one) => one.accountId)}::uuid[], ${messages.map((one) => one.providerId)}::text[])
      as asked (account, provider) on account_id = asked.account and provider_id = asked.provider
    where workspace_id = ${tx.workspaceId}`.execute(tx.db)
  return new Set(rows.map((row) => row.known))
}
