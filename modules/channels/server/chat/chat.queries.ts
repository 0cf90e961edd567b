import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { ChatPage, StoredChatFile } from './tables.ts'

/** One visitor's talk with one account. `id` is the visitor's id. */
export interface ChatThread {
  id: string
  accountId: string
  lastSeq: number
  deliveredSeq: number
  readSeq: number
  email: string | null
}

const THREAD_COLUMNS = [
  'id',
  'account_id as accountId',
  'last_seq as lastSeq',
  'delivered_seq as deliveredSeq',
  'read_seq as readSeq',
  'email',
] as const

export interface StoredChatEntry {
  seq: number
  direction: 'in' | 'out'
  key: string
  author: string | null
  text: string
  files: StoredChatFile[]
  at: Date
}

const ENTRY_COLUMNS = ['seq', 'direction', 'entry_key as key', 'author_name as author', 'text', 'files', 'at'] as const

/** Workspace of an account, looked up outside any workspace. */
export async function findWorkspaceOfAccount(tx: Tx, accountId: string): Promise<string | undefined> {
  const { rows } = await sql<{ workspace_id: string }>`
    select workspace_id from channels.accounts where id = ${accountId}`.execute(tx.db)
  return rows[0]?.workspace_id
}

export async function findThread(tx: Tx, id: string): Promise<ChatThread | undefined> {
  return await tx.db
    .selectFrom('channels.chat_threads')
    .select(THREAD_COLUMNS)
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The visitor's thread, locked, and begun when there is none. The lock gives entries their numbers one after another. */
export async function ensureThread(
  tx: Tx,
  thread: { id: string; accountId: string; email: string | null; onlineUntil: Date },
): Promise<ChatThread> {
  return await tx.db
    .insertInto('channels.chat_threads')
    .values({
      workspace_id: tx.workspaceId,
      id: thread.id,
      account_id: thread.accountId,
      email: thread.email,
      page: 'null',
      online_until: thread.onlineUntil,
    })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'id']).doUpdateSet({ online_until: thread.onlineUntil }),
    )
    .returning(THREAD_COLUMNS)
    .executeTakeFirstOrThrow()
}

/** Locks a thread, so that its entries get their numbers one after another. */
export async function lockThread(tx: Tx, id: string): Promise<ChatThread | undefined> {
  return await tx.db
    .selectFrom('channels.chat_threads')
    .select(THREAD_COLUMNS)
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export async function findEntryByKey(tx: Tx, threadId: string, key: string): Promise<StoredChatEntry | undefined> {
  return await tx.db
    .selectFrom('channels.chat_entries')
    .select(ENTRY_COLUMNS)
    .where('workspace_id', '=', tx.workspaceId)
    .where('thread_id', '=', threadId)
    .where('entry_key', '=', key)
    .executeTakeFirst()
}

export async function insertEntry(tx: Tx, threadId: string, entry: StoredChatEntry): Promise<void> {
  await tx.db
    .insertInto('channels.chat_entries')
    .values({
      workspace_id: tx.workspaceId,
      thread_id: threadId,
      seq: entry.seq,
      direction: entry.direction,
      entry_key: entry.key,
      author_name: entry.author,
      text: entry.text,
      files: JSON.stringify(entry.files),
      at: entry.at,
    })
    .execute()
}

/** The thread's newest entry is now `seq`. The visitor has seen own entries. */
export async function updateLastEntry(
  tx: Tx,
  threadId: string,
  { seq, at, page }: { seq: number; at: Date; page?: ChatPage | undefined },
): Promise<void> {
  await tx.db
    .updateTable('channels.chat_threads')
    .set({ last_seq: seq, last_entry_at: at, ...(page ? { page: JSON.stringify(page) } : {}) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', threadId)
    .execute()
}

/** Entries after `after` and before `before`, the newest `limit` of them, oldest first. */
export async function readEntries(
  tx: Tx,
  threadId: string,
  { after = 0, before, limit }: { after?: number; before?: number | undefined; limit: number },
): Promise<StoredChatEntry[]> {
  const rows = await tx.db
    .selectFrom('channels.chat_entries')
    .select(ENTRY_COLUMNS)
    .where('workspace_id', '=', tx.workspaceId)
    .where('thread_id', '=', threadId)
    .where('seq', '>', after)
    .$if(before !== undefined, (query) => query.where('seq', '<', before ?? 0))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.reverse()
}

/** Moves the marks of what the visitor fetched and saw; they never move back. Answers the thread as it was before. */
export async function updateMarks(tx: Tx, threadId: string, marks: { delivered: number; read: number }): Promise<void> {
  await sql`
    update channels.chat_threads
    set delivered_seq = greatest(delivered_seq, least(${marks.delivered}::int, last_seq)),
        read_seq = greatest(read_seq, least(${marks.read}::int, last_seq))
    where workspace_id = ${tx.workspaceId} and id = ${threadId}`.execute(tx.db)
}

/** Our message ids among the entries after one mark up to another. */
export async function listAnswerIds(
  tx: Tx,
  threadId: string,
  { after, upTo }: { after: number; upTo: number },
): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('channels.chat_entries')
    .select('entry_key as key')
    .where('workspace_id', '=', tx.workspaceId)
    .where('thread_id', '=', threadId)
    .where('direction', '=', 'out')
    .where('seq', '>', after)
    .where('seq', '<=', upTo)
    .orderBy('seq')
    .execute()
  return rows.map(({ key }) => key)
}

export async function updateThread(
  tx: Tx,
  threadId: string,
  change: { email?: string; page?: ChatPage; onlineUntil?: Date },
): Promise<void> {
  await tx.db
    .updateTable('channels.chat_threads')
    .set({
      ...(change.email === undefined ? {} : { email: change.email }),
      ...(change.page === undefined ? {} : { page: JSON.stringify(change.page) }),
      ...(change.onlineUntil === undefined ? {} : { online_until: change.onlineUntil }),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', threadId)
    .execute()
}

/** Renews the presence of visitors of many workspaces at once. */
export async function renewOnline(
  tx: Tx,
  threads: readonly { workspaceId: string; threadId: string }[],
  onlineUntil: Date,
): Promise<void> {
  await sql`
    update channels.chat_threads as thread set online_until = ${onlineUntil}
    from unnest(
      ${threads.map(({ workspaceId }) => workspaceId)}::uuid[], ${threads.map(({ threadId }) => threadId)}::uuid[]
    ) as open (workspace_id, id)
    where thread.workspace_id = open.workspace_id and thread.id = open.id`.execute(tx.db)
}

/** Threads that moved since `since`, over all workspaces. */
export async function listMovedThreads(tx: Tx, since: Date): Promise<{ id: string; lastSeq: number }[]> {
  return await tx.db
    .selectFrom('channels.chat_threads')
    .select(['id', 'last_seq as lastSeq'])
    .where('last_entry_at', '>=', since)
    .execute()
}

export async function findPresence(
  tx: Tx,
  threadId: string,
): Promise<{ email: string | null; page: ChatPage | null; onlineUntil: Date; deliveredSeq: number } | undefined> {
  return await tx.db
    .selectFrom('channels.chat_threads')
    .select(['email', 'page', 'online_until as onlineUntil', 'delivered_seq as deliveredSeq'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', threadId)
    .executeTakeFirst()
}

/** Whether a file stands in some entry of this thread of this account. */
export async function hasEntryFile(
  tx: Tx,
  { accountId, threadId, fileId }: { accountId: string; threadId: string; fileId: string },
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select from channels.chat_entries as entry
      join channels.chat_threads as thread on thread.workspace_id = entry.workspace_id and thread.id = entry.thread_id
      where entry.workspace_id = ${tx.workspaceId} and entry.thread_id = ${threadId} and thread.account_id = ${accountId}
        and entry.files @> ${JSON.stringify([{ id: fileId }])}::jsonb
    ) as found`.execute(tx.db)
  return rows[0]?.found ?? false
}
