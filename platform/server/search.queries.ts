import { sql } from 'kysely'
import type { Tx } from './database.ts'

export interface SearchDocument {
  /** Kind of thing: `person`, `conversation`, `message`. */
  object: string
  id: string
  /** Names, numbers, addresses: found by any part, typos forgiven. */
  title: string
  /** Prose: found by words in any form (Russian and English stemming). */
  body?: string
  facts?: Record<string, unknown>
  at?: Date
}

/** Writes or replaces what a thing is found by, in the transaction that changes the thing. */
export async function indexForSearch(tx: Tx, document: SearchDocument): Promise<void> {
  const row = {
    title: document.title,
    body: document.body ?? '',
    facts: JSON.stringify(document.facts ?? {}),
    at: document.at ?? new Date(),
  }
  await tx.db
    .insertInto('platform.search_documents')
    .values({ workspace_id: tx.workspaceId, object: document.object, id: document.id, ...row })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'object', 'id']).doUpdateSet(row))
    .execute()
}

/** As `indexForSearch`, for many things in one statement. */
export async function indexManyForSearch(tx: Tx, documents: readonly SearchDocument[]): Promise<void> {
  if (documents.length === 0) return
  await sql`
    insert into platform.search_documents as d (workspace_id, object, id, title, body, facts, at)
    select ${tx.workspaceId}, object, id, title, coalesce(body, ''), coalesce(facts, '{}'), coalesce(at, now())
    from jsonb_to_recordset(${JSON.stringify(documents)}::jsonb)
      as given (object text, id uuid, title text, body text, facts jsonb, at timestamptz)
    on conflict (workspace_id, object, id) do update
      set title = excluded.title, body = excluded.body, facts = excluded.facts, at = excluded.at`.execute(tx.db)
}

export interface Found {
  object: string
  id: string
  title: string
  facts: Record<string, unknown>
}

/** Below this a trigram match is noise for names and addresses. Source: pg_trgm's own default of 0.6 for word similarity, lowered for short names. */
const LIKENESS = 0.45
/** With fewer exact finds than this the word may be mistyped, and titles that are merely like it are looked for. */
const FEW = 5

/** Things that match all words of `q`: by a part of the title, by words of the body, then by likeness of the title. Best and newest first. */
export async function search(
  tx: Tx,
  { q, objects, limit }: { q: string; objects: readonly string[]; limit: number },
): Promise<Found[]> {
  const text = q.trim().toLowerCase()
  if (text === '') return []
  const exact = await searchExactly(tx, { text, objects, limit })
  if (exact.length >= Math.min(FEW, limit)) return exact
  const alike = await searchAlike(tx, { text, objects, limit })
  const isNew = (found: Found) => !exact.some(({ object, id }) => object === found.object && id === found.id)
  return [...exact, ...alike.filter(isNew)].slice(0, limit)
}

interface Wanted {
  text: string
  objects: readonly string[]
  limit: number
}

async function searchExactly(tx: Tx, { text, objects, limit }: Wanted): Promise<Found[]> {
  const part = `%${text.replaceAll(/[\\%_]/g, (special) => `\\${special}`)}%`
  const { rows } = await sql<Found>`
    with query as (
      select websearch_to_tsquery('russian', ${text}) || websearch_to_tsquery('english', ${text}) || websearch_to_tsquery('simple', ${text}) as words
    ), candidates as (
      (select object, id, title, facts, at, 2 as rank from platform.search_documents
        where workspace_id = ${tx.workspaceId} and object = any(${objects}) and lower(title) like ${part} order by at desc limit ${limit})
      union all
      (select object, id, title, facts, at, 1 from platform.search_documents, query
        where workspace_id = ${tx.workspaceId} and object = any(${objects}) and search_documents.words @@ query.words order by at desc limit ${limit})
    )
    select object, id, title, facts from candidates
    group by object, id, title, facts order by max(rank) desc, max(at) desc limit ${limit}`.execute(tx.db)
  return rows
}

async function searchAlike(tx: Tx, { text, objects, limit }: Wanted): Promise<Found[]> {
  // The operator that the index serves takes its threshold from this setting.
  await sql`select set_config('pg_trgm.word_similarity_threshold', ${String(LIKENESS)}, true)`.execute(tx.db)
  const { rows } = await sql<Found>`
    select object, id, title, facts from platform.search_documents
    where workspace_id = ${tx.workspaceId} and object = any(${objects}) and ${text} <% lower(title)
    order by word_similarity(${text}, lower(title)) desc, at desc, id limit ${limit}`.execute(tx.db)
  return rows
}
