import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { Draft } from '../contract/index.ts'

/** One operator at one conversation. */
export interface Place {
  readonly operatorId: string
  readonly conversationId: string
}

const at = (tx: Tx, { operatorId, conversationId }: Place) =>
  ({ workspace_id: tx.workspaceId, operator_id: operatorId, conversation_id: conversationId }) as const

/** Remembers how far an operator has read; never back. */
export async function markRead(tx: Tx, { seq, ...place }: Place & { seq: number }): Promise<void> {
  await tx.db
    .insertInto('inbox.reads')
    .values({ ...at(tx, place), seq })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'operator_id', 'conversation_id'])
        .doUpdateSet({ seq: sql<number>`greatest(reads.seq, excluded.seq)` }),
    )
    .execute()
}

/** Goes on to `to` when everything up to `from` was read. */
export async function moveRead(tx: Tx, { from, to, ...place }: Place & { from: number; to: number }): Promise<void> {
  await tx.db
    .updateTable('inbox.reads')
    .set({ seq: to })
    .where((where) => where.and(at(tx, place)))
    .where('seq', '>=', from)
    .where('seq', '<', to)
    .execute()
}

/** How far an operator has read each of these conversations. */
export async function findReads(
  tx: Tx,
  operatorId: string,
  conversationIds: readonly string[],
): Promise<Map<string, number>> {
  if (conversationIds.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('inbox.reads')
    .select(['conversation_id as id', 'seq'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('operator_id', '=', operatorId)
    .where('conversation_id', 'in', [...conversationIds])
    .execute()
  return new Map(rows.map(({ id, seq }) => [id, seq]))
}

export async function findDraft(tx: Tx, place: Place): Promise<Draft | undefined> {
  return await tx.db
    .selectFrom('inbox.drafts')
    .select(['mode', 'text', 'file_ids as fileIds'])
    .where((where) => where.and(at(tx, place)))
    .executeTakeFirst()
}

export async function saveDraft(tx: Tx, place: Place, { mode, text, fileIds }: Draft): Promise<void> {
  const row = { mode, text, file_ids: fileIds, updated_at: new Date() }
  await tx.db
    .insertInto('inbox.drafts')
    .values({ ...at(tx, place), ...row })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'operator_id', 'conversation_id']).doUpdateSet(row))
    .execute()
}

/** What `String.trim` takes away at the ends of a message, as far as people type it. */
const BLANKS = ' \t\r\n\u00a0'

/** Forgets the draft of what was said: it holds as much of it as was saved on the way. What is being written since then stays. */
export async function deleteDraftOf(tx: Tx, place: Place, said: string): Promise<void> {
  await tx.db
    .deleteFrom('inbox.drafts')
    .where((where) => where.and(at(tx, place)))
    .where(({ fn, ref, val }) => fn<boolean>('starts_with', [val(said), fn('btrim', [ref('text'), val(BLANKS)])]))
    .execute()
}

export async function deleteDraft(tx: Tx, place: Place): Promise<void> {
  await tx.db
    .deleteFrom('inbox.drafts')
    .where((where) => where.and(at(tx, place)))
    .execute()
}
