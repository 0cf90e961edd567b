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

export type SentMessage = Awaited<ReturnType<typeof findSent>>[number]

/** Outgoing messages by their ids. */
export async function findSent(tx: Tx, ids: readonly string[]) {
  return await tx.db
    .selectFrom('inbox.messages')
    .select(columns)
    .where('workspace_id', '=', tx.workspaceId)
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .where('direction', '=', 'out')
    .execute()
}

interface Place {
  readonly conversationId: string
  readonly seq: number
}

/** True when the conversation has an outgoing message behind this place. */
export const hasLaterAnswer = async (tx: Tx, place: Place): Promise<boolean> =>
  isAny(behind(tx, place).where('direction', '=', 'out'))

/** True when the customer or we said something behind this place; machines do not count. */
export const hasLaterWords = async (tx: Tx, place: Place): Promise<boolean> =>
  isAny(behind(tx, place).where('direction', 'in', ['in', 'out']).where('automatic', 'is', null))

const behind = (tx: Tx, { conversationId, seq }: Place) =>
  tx.db
    .selectFrom('inbox.messages')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', conversationId)
    .where('seq', '>', seq)

const isAny = async (messages: ReturnType<typeof behind>): Promise<boolean> =>
  (await messages.limit(1).executeTakeFirst()) !== undefined

export interface Fate {
  readonly id: string
  readonly delivery: Delivery
  readonly reason: string | null
  readonly reasonCode: string | null
  readonly providerId: string | null
}

export async function saveFates(tx: Tx, fates: readonly Fate[]): Promise<void> {
  if (fates.length === 0) return
  await sql`
    update inbox.messages as m set
      delivery = fate.delivery, delivery_reason = fate.reason, delivery_reason_code = fate.reason_code,
      provider_id = fate.provider_id
    from unnest(
      ${fates.map(({ id }) => id)}::uuid[], ${fates.map(({ delivery }) => delivery)}::text[],
      ${fates.map(({ reason }) => reason)}::text[], ${fates.map(({ reasonCode }) => reasonCode)}::text[],
      ${fates.map(({ providerId }) => providerId)}::text[]
    ) as fate (id, delivery, reason, reason_code, provider_id)
    where m.workspace_id = ${tx.workspaceId} and m.id = fate.id`.execute(tx.db)
}

/** The customer changed a message. Its conversation and former text, or undefined when the message is not known. */
export async function saveEdit(
  tx: Tx,
  edit: { accountId: string; providerId: string; text: string; at: Date },
): Promise<{ id: string; conversationId: string; formerText: string } | undefined> {
  const { rows } = await sql<{ id: string; conversationId: string; formerText: string }>`
    update inbox.messages set text = ${edit.text}, html = null, edited_at = ${edit.at}
    where workspace_id = ${tx.workspaceId} and account_id = ${edit.accountId} and provider_id = ${edit.providerId} and direction = 'in'
    returning new.id, new.conversation_id as "conversationId", old.text as "formerText"`.execute(tx.db)
  return rows[0]
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
