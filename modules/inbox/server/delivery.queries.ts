import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { Delivery } from './tables.ts'

const columns = [
  'id',
  'conversation_id as conversationId',
  'account_id as accountId',
  'seq',
  'address',
  'delivery',
  'provider_id as providerId',
] as const

export type SentMessage = NonNullable<Awaited<ReturnType<typeof findSent>>>

/** An outgoing message by its id. */
export async function findSent(tx: Tx, id: string) {
  return await tx.db
    .selectFrom('inbox.messages')
    .select(columns)
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .where('direction', '=', 'out')
    .executeTakeFirst()
}

/** True when the conversation has an outgoing message behind this place. */
export async function hasLaterAnswer(tx: Tx, after: { conversationId: string; seq: number }): Promise<boolean> {
  const row = await tx.db
    .selectFrom('inbox.messages')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', after.conversationId)
    .where('seq', '>', after.seq)
    .where('direction', '=', 'out')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export async function saveDelivery(
  tx: Tx,
  id: string,
  to: { delivery: Delivery; reason: string | null; reasonCode: string | null; providerId: string | null },
): Promise<void> {
  await tx.db
    .updateTable('inbox.messages')
    .set({
      delivery: to.delivery,
      delivery_reason: to.reason,
      delivery_reason_code: to.reasonCode,
      provider_id: to.providerId,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()
}

/** The customer changed a message. Its conversation, or undefined when the message is not known. */
export async function saveEdit(
  tx: Tx,
  edit: { accountId: string; providerId: string; text: string; at: Date },
): Promise<{ id: string; conversationId: string } | undefined> {
  return await tx.db
    .updateTable('inbox.messages')
    .set({ text: edit.text, html: null, edited_at: edit.at })
    .where('workspace_id', '=', tx.workspaceId)
    .where('account_id', '=', edit.accountId)
    .where('provider_id', '=', edit.providerId)
    .where('direction', '=', 'in')
    .returning(['id', 'conversation_id as conversationId'])
    .executeTakeFirst()
}

/** The customer took a message back: it stays readable, marked. */
export async function saveDeletion(
  tx: Tx,
  deletion: { accountId: string; providerId: string; at: Date },
): Promise<{ id: string; conversationId: string } | undefined> {
  return await tx.db
    .updateTable('inbox.messages')
    .set({ deleted_at: deletion.at })
    .where('workspace_id', '=', tx.workspaceId)
    .where('account_id', '=', deletion.accountId)
    .where('provider_id', '=', deletion.providerId)
    .where('direction', '=', 'in')
    .returning(['id', 'conversation_id as conversationId'])
    .executeTakeFirst()
}

/** True when this answer was sent by another channel too. */
export async function hasCopy(tx: Tx, message: { id: string; conversationId: string; seq: number }): Promise<boolean> {
  const row = await tx.db
    .selectFrom('inbox.messages')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', message.conversationId)
    .where('seq', '>', message.seq)
    .where(sql<boolean>`context ->> 'copyOf' = ${message.id}`)
    .executeTakeFirst()
  return row !== undefined
}
