import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import { keepPlan, texts, uuids } from '#platform/server/kept-plans'
import { storedRows } from './stored-json.ts'

/** Under which of a provider's thread ids a conversation is known, for one participant. */
export interface ThreadRow {
  readonly accountId: string
  readonly thread: string
  readonly participant: string
}

/** Holds these names until the end of the transaction, in one order for all, so that messages of one sender are taken one after another. */
export async function holdNames(tx: Tx, names: readonly string[]): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hash) from (
      select distinct hashtextextended(${tx.workspaceId} || name, 0) as hash from unnest(${[...names]}::text[]) as name order by hash
    ) as hashes`.execute(tx.db)
}

/** Conversations of these threads. */
export async function findThreads(
  tx: Tx,
  threads: readonly ThreadRow[],
): Promise<(ThreadRow & { conversationId: string })[]> {
  if (threads.length === 0) return []
  // One look into the index for each: a join may be planned as a scan of all threads.
  const { rows } = await keepPlan(sql<ThreadRow & { conversationId: string }>`
    select a as "accountId", t as thread, p as participant, known.conversation_id as "conversationId"
    from unnest(
      ${uuids(threads.map((one) => one.accountId))},
      ${texts(threads.map((one) => one.thread))},
      ${texts(threads.map((one) => one.participant))}
    ) as asked (a, t, p)
    cross join lateral (
      select conversation_id from inbox.threads
      where workspace_id = ${tx.workspaceId} and account_id = a and thread = t and participant = p limit 1
    ) as known`).execute(tx.db)
  return rows
}

/** Makes threads known. A thread that led elsewhere leads here from now on. */
export async function saveThreads(tx: Tx, threads: readonly (ThreadRow & { conversationId: string })[]): Promise<void> {
  if (threads.length === 0) return
  const rows = storedRows(threads.map((one) => ({ ...one, workspaceId: tx.workspaceId, createdAt: new Date() })))
  await sql`
    insert into inbox.threads as known
    select * from jsonb_populate_recordset(null::inbox.threads, ${rows}::jsonb)
    on conflict (workspace_id, account_id, thread, participant) do update set conversation_id = excluded.conversation_id
    where known.conversation_id <> excluded.conversation_id`.execute(tx.db)
}

/** The conversation that a thread of an account leads to, whoever takes part in it: for channels with one participant. */
export async function findConversationOfThread(
  tx: Tx,
  { accountId, thread }: { accountId: string; thread: string },
): Promise<{ id: string; ownerId: string | null; teamId: string | null; fromName: string | null } | undefined> {
  return await tx.db
    .selectFrom('inbox.threads as t')
    .innerJoin('inbox.conversations as c', (join) =>
      join.onRef('c.workspace_id', '=', 't.workspace_id').onRef('c.id', '=', 't.conversation_id'),
    )
    .select([
      'c.id',
      'c.owner_id as ownerId',
      'c.team_id as teamId',
      (eb) =>
        eb
          .selectFrom('inbox.messages as m')
          .select('m.from_name')
          .whereRef('m.workspace_id', '=', 'c.workspace_id')
          .whereRef('m.conversation_id', '=', 'c.id')
          .where('m.direction', '=', 'in')
          .orderBy('m.seq', 'desc')
          .limit(1)
          .as('fromName'),
    ])
    .where('t.workspace_id', '=', tx.workspaceId)
    .where('t.account_id', '=', accountId)
    .where('t.thread', '=', thread)
    .limit(1)
    .executeTakeFirst()
}
