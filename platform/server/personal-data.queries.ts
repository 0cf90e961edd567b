import { sql } from 'kysely'
import type pg from 'pg'
import type { Tx } from './database.ts'
import type { ErasedRows, Subject } from './personal-data.ts'
import { isInNoTitle } from './search-titles.queries.ts'
import { LONGEST_WORD, SHORTEST_WORD } from './search-words.queries.ts'

/** Tables of the platform that `forgetTraces` empties of a person, and how. */
export const PLATFORM_TRACES = {
  'platform.events': 'rows that name the person in a text are removed; what changed on the card is forgotten',
  'platform.idempotent_answers': 'answers that speak of the person are removed',
  'platform.search_documents': 'documents of the person, of their conversations and messages are removed',
  'platform.search_spellings': 'words that nobody else is found by are removed',
  'platform.files': 'files of the person are removed, and their bytes when nobody else has the same',
} as const

/**
 * Takes a person out of what the platform keeps by itself: what lies ready for screens that were away, answers kept for repeated requests. `ids`:
 * everything else that was erased, such as messages.
 */
export async function forgetTraces(
  tx: Tx,
  { cards, words }: Pick<Subject, 'cards' | 'words'>,
  ids: readonly string[],
): Promise<ErasedRows> {
  const all = [...cards, ...ids]
  const events = await sql`
    delete from platform.events where workspace_id = ${tx.workspaceId} and (
      exists (select from unnest(${[...words]}::text[]) as word where position(word in lower(data::text)) > 0)
      or data ->> 'messageId' = any(${all}::text[]) and name = 'channels.delivery_changed')`.execute(tx.db)
  const changes = await sql`
    update platform.events set changes = null where workspace_id = ${tx.workspaceId} and changes is not null and (
      data ->> 'personId' = any(${all}::text[]) or data ->> 'conversationId' = any(${all}::text[])
      or exists (select from unnest(${[...words, ...all]}::text[]) as word where position(word in lower(changes::text)) > 0))`.execute(
    tx.db,
  )
  const answers = await sql`
    delete from platform.idempotent_answers where workspace_id = ${tx.workspaceId} and exists (
      select from unnest(${[...words, ...all]}::text[]) as word where position(word in lower(body::text)) > 0)`.execute(
    tx.db,
  )
  return {
    'platform.events': Number(events.numAffectedRows ?? 0) + Number(changes.numAffectedRows ?? 0),
    'platform.idempotent_answers': Number(answers.numAffectedRows ?? 0),
  }
}

/** Makes things unfindable, and forgets the words of their titles that no other title has. Number of documents. */
export async function forgetFound(tx: Tx, object: string, ids: readonly string[]): Promise<number> {
  const { rows } = await sql<{ title: string }>`
    delete from platform.search_documents where workspace_id = ${tx.workspaceId} and object = ${object} and id = any(${[...ids]}::uuid[])
    returning title`.execute(tx.db)
  const words = new Set(rows.flatMap(({ title }) => title.toLowerCase().split(/\s+/)).flatMap(partsOf))
  await sql`
    delete from platform.search_spellings s where s.workspace_id = ${tx.workspaceId} and s.word = any(${[...words]}::text[])
      and ${isInNoTitle(sql`s.word`)}`.execute(tx.db)
  return rows.length
}

/** The word and all parts of it that may be words: a name that stayed because "Ивановой" has it goes with that. */
const partsOf = (word: string): string[] =>
  Array.from({ length: word.length }, (_, from) => word.slice(from, from + LONGEST_WORD)).flatMap((rest) =>
    Array.from({ length: Math.max(0, rest.length - SHORTEST_WORD + 1) }, (_, more) =>
      rest.slice(0, SHORTEST_WORD + more),
    ),
  )

export interface Mention {
  readonly table: string
  readonly rows: number
}

/**
 * Where these words still stand: every table of the workspace is read, whichever column they may be in, found from the catalogue of the database so
 * that a table made later is read too. Reads everything: minutes in a large workspace.
 */
export async function findMentions(tx: Tx, words: readonly string[]): Promise<Mention[]> {
  if (words.length === 0) return []
  const { rows: tables } = await sql<{ schema: string; name: string; bytes: string[] }>`
    select n.nspname as schema, c.relname as name,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.atttypid = 'bytea'::regtype and not a.attisdropped) as bytes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and has_table_privilege(c.oid, 'select')
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped)
    order by 1, 2`.execute(tx.db)
  const found: Mention[] = []
  for (const { schema, name, bytes } of tables) {
    const inBytes = bytes.map((column) => sql`or position(convert_to(word, 'UTF8') in ${sql.ref(`t.${column}`)}) > 0`)
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from ${sql.table(`${schema}.${name}`)} as t
      where t.workspace_id = ${tx.workspaceId} and exists (
        select from unnest(${[...words]}::text[]) as word
        where position(word in lower(t::text)) > 0 ${sql.join(inBytes, sql` `)})`.execute(tx.db)
    const count = rows[0]?.count ?? 0
    if (count > 0) found.push({ table: `${schema}.${name}`, rows: count })
  }
  return found
}

/** Removes jobs that speak of these words and that nobody does at the moment: those that wait, and those that failed for good. */
export async function forgetJobs(pool: pg.Pool, workspaceId: string, words: readonly string[]): Promise<number> {
  const { rowCount } = await pool.query(
    `delete from graphile_worker._private_jobs where locked_at is null and payload ->> 'workspaceId' = $1
      and exists (select from unnest($2::text[]) as word where position(word in lower(payload::text)) > 0)`,
    [workspaceId, words],
  )
  return rowCount ?? 0
}
