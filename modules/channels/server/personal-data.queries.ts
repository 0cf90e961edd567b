import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { ErasedRows, PersonalDataPage, PersonalDataPart, Subject } from '#platform/server/personal-data'

/** What an arrival says when its content was erased; it cannot be read again. Its key stays, so that a provider's repetition is still known. */
export const ERASED = 'erased'

const EMPTY_MESSAGE = JSON.stringify({ to: '', text: '', fileIds: [], references: [] })

/** True for a message that was emptied: one that was being sent at that time, or is sent again by hand, has nothing to say. */
export const isErased = ({ to }: { to: string }): boolean => to === ''

/** Arrivals whose bytes or headers hold one of these texts, which are in lower case. Reads all arrivals of the workspace. */
export async function findArrivalsWith(tx: Tx, words: readonly string[]): Promise<string[]> {
  if (words.length === 0) return []
  // Latin letters are compared without regard to capitals, others as they are: bytes have no letters.
  const { rows } = await sql<{ id: string }>`
    select id from channels.arrivals where workspace_id = ${tx.workspaceId} and exists (
      select from unnest(${[...words]}::text[]) as word
      where position(word in lower(encode(body, 'escape'))) > 0 or position(convert_to(word, 'UTF8') in body) > 0
        or position(word in lower(headers::text)) > 0)`.execute(tx.db)
  return rows.map(({ id }) => id)
}

/** Empties raw arrivals. Keys that hold one of the words are replaced. */
export async function eraseArrivals(tx: Tx, ids: readonly string[], words: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  const { numAffectedRows } = await sql`
    update channels.arrivals set body = '', headers = '{}', state = 'read', reason = ${ERASED}, next_try_at = null,
      key = case when exists (select from unnest(${[...words]}::text[]) as word where position(word in lower(key)) > 0)
        then ${ERASED} || ' ' || id else key end
    where workspace_id = ${tx.workspaceId} and id = any(${[...ids]}::uuid[])`.execute(tx.db)
  return Number(numAffectedRows ?? 0)
}

/** Empties what was sent; what has not left yet never leaves. */
export async function eraseDeliveries(tx: Tx, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  const { numAffectedRows } = await sql`
    update channels.deliveries set message = ${EMPTY_MESSAGE}::jsonb, provider_id = null, reason = null,
      reason_code = case when state = 'queued' then ${ERASED} else reason_code end,
      state = case when state = 'queued' then 'failed' else state end
    where workspace_id = ${tx.workspaceId} and id = any(${[...ids]}::uuid[])`.execute(tx.db)
  return Number(numAffectedRows ?? 0)
}

/** Talks of the site chat: known by the visitor's id or by the e-mail that was left in them. */
const ofSubject = ({ identities, words }: Subject) => sql`(
  id::text = any(${identities.filter(({ kind }) => kind === 'visitor').map(({ value }) => value)}::text[])
  or lower(email) = any(${[...words]}::text[]))`

async function* tell(tx: Tx, subject: Subject): AsyncIterable<PersonalDataPage> {
  const { rows } = await sql<{ files: { id: string }[] }>`
    select t.id as thread, t.email, t.page, e.seq, e.direction, e.author_name as author, e.text, e.files, e.at
    from channels.chat_threads t join channels.chat_entries e on e.workspace_id = t.workspace_id and e.thread_id = t.id
    where t.workspace_id = ${tx.workspaceId} and t.id in (
      select id from channels.chat_threads where workspace_id = ${tx.workspaceId} and ${ofSubject(subject)})
    order by t.id, e.seq`.execute(tx.db)
  const fileIds = rows.flatMap(({ files }) => files.map(({ id }) => id))
  if (rows.length > 0) yield { section: 'chat', rows: rows.map((row) => ({ ...row })), fileIds }
}

/** Removes talks of the site chat. Ids of the files that stood in them. */
export async function eraseChats(tx: Tx, subject: Subject): Promise<{ counts: ErasedRows; fileIds: string[] }> {
  const { rows } = await sql<{ id: string }>`
    select id from channels.chat_threads where workspace_id = ${tx.workspaceId} and ${ofSubject(subject)}`.execute(
    tx.db,
  )
  const ids = rows.map(({ id }) => id)
  const entries = await sql<{ files: { id: string }[] }>`
    delete from channels.chat_entries where workspace_id = ${tx.workspaceId} and thread_id = any(${ids}::uuid[])
    returning files`.execute(tx.db)
  await sql`delete from channels.chat_threads where workspace_id = ${tx.workspaceId} and id = any(${ids}::uuid[])`.execute(
    tx.db,
  )
  return {
    counts: { 'channels.chat_threads': ids.length, 'channels.chat_entries': entries.rows.length },
    fileIds: entries.rows.flatMap(({ files }) => files.map(({ id }) => id)),
  }
}

/** What the site chat keeps of people. Arrivals and deliveries are emptied by the module that knows whose they are. */
export const chatPersonalData = (
  forgetFiles: (tx: Tx, ids: readonly string[]) => Promise<unknown>,
): PersonalDataPart => ({
  name: 'channels',
  tables: {
    'channels.chat_threads': 'removed',
    'channels.chat_entries': 'removed, with their files',
  },
  tell,
  erase: async (tx, subject) => {
    const { counts, fileIds } = await eraseChats(tx, subject)
    await forgetFiles(tx, fileIds)
    return { ...counts, 'platform.files': fileIds.length }
  },
})
