import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { Heard } from './reply-route.ts'

/** How far back a thread is read for its routes and references: a longer one is known by its end. */
const LOOK_BACK = 500
/** Ids that an answer refers to. Mail programs cut the list too; the ids nearest to the end say enough. */
const MAX_REFERENCES = 50

/** The last message of each account, direction and kind of sender in a conversation. */
export async function findHeard(tx: Tx, conversationId: string): Promise<(Heard & { sentAt: Date })[]> {
  const { rows } = await sql<Heard & { sentAt: Date }>`
    select distinct on (account_id, direction, automatic is null)
      account_id as "accountId", direction, automatic is not null as "isAutomatic", seq, address, thread, email,
      from_name as name, sent_at as "sentAt"
    from (
      select account_id, direction, automatic, seq, address, thread, email, from_name, sent_at from inbox.messages
      where workspace_id = ${tx.workspaceId} and conversation_id = ${conversationId} order by seq desc limit ${LOOK_BACK}
    ) as latest
    where direction in ('in', 'out') and account_id is not null and address is not null
    order by account_id, direction, automatic is null, seq desc`.execute(tx.db)
  return rows
}

/** Provider's ids of the messages exchanged by one account with one address, oldest first, and the customer's last one. */
export async function findReferences(
  tx: Tx,
  route: { conversationId: string; accountId: string; address: string },
): Promise<{ references: string[]; inReplyTo: string | undefined }> {
  const rows = await tx.db
    .selectFrom('inbox.messages')
    .select(['provider_id as providerId', 'direction'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', route.conversationId)
    .where('account_id', '=', route.accountId)
    .where('address', '=', route.address)
    .where('provider_id', 'is not', null)
    .orderBy('seq', 'desc')
    .limit(MAX_REFERENCES)
    .execute()
  return {
    references: rows.flatMap(({ providerId }) => providerId ?? []).reverse(),
    inReplyTo: rows.find(({ direction }) => direction === 'in')?.providerId ?? rows[0]?.providerId ?? undefined,
  }
}

/** Messages and notes after `seq` that somebody else wrote. */
export async function countUnseen(
  tx: Tx,
  unseen: { conversationId: string; afterSeq: number; operatorId: string | null },
): Promise<number> {
  const { count } = await tx.db
    .selectFrom('inbox.messages')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', unseen.conversationId)
    .where('seq', '>', unseen.afterSeq)
    .where('direction', '<>', 'event')
    .where('operator_id', 'is distinct from', unseen.operatorId)
    .executeTakeFirstOrThrow()
  return count
}
