import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { PersonalDataPage, PersonalDataPart, Subject } from '#platform/server/personal-data'
import { keepImportsOut } from './imports.queries.ts'

const names = (words: readonly string[]) =>
  sql`exists (select from unnest(${[...words]}::text[]) as word where position(word in lower(array_to_string(r.cells, ' '))) > 0)`

/** Rows of lists that name the person, or became one of the person's cards. */
const ofSubject = (tx: Tx, { words, cards }: Subject) => sql`
  exchange.rows r left join exchange.results d
    on d.workspace_id = r.workspace_id and d.import_id = r.import_id and d.number = r.number
  where r.workspace_id = ${tx.workspaceId} and (${names(words)} or d.card_id = any(${[...cards]}::uuid[]))`

async function* tell(tx: Tx, subject: Subject): AsyncIterable<PersonalDataPage> {
  const { rows } = await sql<Record<string, unknown>>`
    select i.file_name as file, i.created_at as at, r.number, r.cells from exchange.imports i
    join (select r.* from ${ofSubject(tx, subject)}) r on r.workspace_id = i.workspace_id and r.import_id = i.id
    order by i.id, r.number`.execute(tx.db)
  if (rows.length > 0) yield { section: 'imports', rows }
}

/**
 * Rows of the person are emptied in every list. A list that has not been taken in yet cannot be read again: its file, in which the person stands, goes.
 */
async function erase(tx: Tx, subject: Subject, forget: (tx: Tx, ids: readonly string[]) => Promise<void>) {
  const { rows } = await sql<{ importId: string; number: number }>`
    select r.import_id as "importId", r.number from ${ofSubject(tx, subject)}`.execute(tx.db)
  if (rows.length > 0) {
    const given = sql`unnest(${rows.map(({ importId }) => importId)}::uuid[], ${rows.map(({ number }) => number)}::int[]) as given (import_id, number)`
    const same = (alias: string) => sql`${sql.ref(`${alias}.workspace_id`)} = ${tx.workspaceId}
      and ${sql.ref(`${alias}.import_id`)} = given.import_id and ${sql.ref(`${alias}.number`)} = given.number`
    await sql`update exchange.rows r set cells = '{}', key = null, detail = '{}' from ${given} where ${same('r')}`.execute(
      tx.db,
    )
    // What was erased is not taken back either.
    await sql`update exchange.results d set card_id = null, detail = '{}', undone = '{"kind":"left","left":[]}' from ${given} where ${same('d')}`.execute(
      tx.db,
    )
  }
  const ids = [...new Set(rows.map(({ importId }) => importId))]
  const touched = await sql<{ fileId: string | null }>`
    with touched as (
      select id, file_id from exchange.imports i where i.workspace_id = ${tx.workspaceId} and (i.id = any(${ids}::uuid[])
        or exists (select from unnest(${[...subject.words]}::text[]) as word where position(word in lower(i.columns::text)) > 0))
      for no key update
    )
    update exchange.imports i set file_id = null, erasures = erasures + 1,
      columns = (select coalesce(jsonb_agg(one || '{"examples": [], "unknown": []}'), '[]') from jsonb_array_elements(i.columns) as one)
    from touched where i.workspace_id = ${tx.workspaceId} and i.id = touched.id returning touched.file_id as "fileId"`.execute(
    tx.db,
  )
  await forget(
    tx,
    touched.rows.flatMap(({ fileId }) => fileId ?? []),
  )
  return { 'exchange.rows': rows.length, 'exchange.imports': touched.rows.length }
}

/** What imports keep of people. */
export const importsPersonalData = (forget: (tx: Tx, ids: readonly string[]) => Promise<void>): PersonalDataPart => ({
  name: 'exchange',
  tables: {
    'exchange.rows': 'cells of the person are emptied',
    'exchange.results': 'what became of these rows is emptied',
    'exchange.imports': 'examples and names of operators are emptied; the file goes, if it is still there',
  },
  tell,
  keepOut: keepImportsOut,
  erase: (tx, subject) => erase(tx, subject, forget),
})
