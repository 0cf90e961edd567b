import pg from 'pg'
import type { BackedUpTable, Manifest } from './archive.ts'

const OURS = `n.nspname !~ '^(pg_|information_schema$)'`
/** What `migrate` fills by itself. */
const MIGRATIONS = `('platform.migrations'), ('graphile_worker.migrations')`

/** From here to the end of the connection everything is seen as it is now. */
export async function stopTheClock(client: pg.ClientBase): Promise<void> {
  await client.query('begin isolation level repeatable read read only')
}

/**
 * Every table with the columns that carry data of their own. Computed columns follow from the others; transaction numbers
 * (xid8) mean nothing in another database and are given anew there.
 */
export async function findTables(client: pg.ClientBase): Promise<BackedUpTable[]> {
  const { rows } = await client.query<BackedUpTable>(`
    select format('%I.%I', n.nspname, c.relname) as name,
      array_agg(quote_ident(a.attname) order by a.attnum) filter (where a.attgenerated = '' and not (a.atttypid = 'xid8'::regtype and a.atthasdef)) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where ${OURS} and c.relkind in ('r', 'p') and not c.relispartition
      and format('%s.%s', n.nspname, c.relname) not in (values ${MIGRATIONS})
    group by n.nspname, c.relname order by n.nspname, c.relname`)
  return rows
}

/** Tables whose row-level security would hide rows from us without a word. */
export async function findHiddenTables(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles me on me.rolname = current_user
    where ${OURS} and c.relkind in ('r', 'p') and c.relrowsecurity and not me.rolsuper and not me.rolbypassrls
      and (c.relforcerowsecurity or c.relowner <> me.oid)
      and not exists (
        select from pg_policy p where p.polrelid = c.oid and p.polpermissive and me.oid = any (p.polroles)
          and p.polcmd = '*' and pg_get_expr(p.polqual, p.polrelid) = 'true')
    order by 1`)
  return rows.map((row) => row.name)
}

export async function findSequences(client: pg.ClientBase): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ name: string; next: string }>(`
    select format('%I.%I', schemaname, sequencename) as name, coalesce(last_value + increment_by, start_value)::text as next
    from pg_sequences where schemaname !~ '^(pg_|information_schema$)' order by 1`)
  return rows
}

export async function findMigrationNames(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from platform.migrations order by name')
  return rows.map((row) => row.name)
}

/** True when Okno has never made a workspace here: nothing would be lost by filling this database. */
export async function isUnused(client: pg.ClientBase): Promise<boolean> {
  const known = await client.query<{ there: boolean }>(`select to_regclass('platform.workspaces') is not null as there`)
  if (!known.rows[0]?.there) return true
  const { rows } = await client.query<{ unused: boolean }>(
    'select not exists (select from platform.workspaces) as unused',
  )
  return rows[0]?.unused ?? false
}

export const copyOut = ({ name, columns }: BackedUpTable) =>
  `copy (select ${columns.join(', ')} from ${name}) to stdout`
export const copyIn = ({ name, columns }: BackedUpTable) => `copy ${name} (${columns.join(', ')}) from stdin`

/**
 * Empties the tables and takes away what would fire or refuse while rows come in table by table: foreign keys, triggers and
 * the owner's share of row-level security. Returns the statements that bring all of it back, checking every row.
 */
export async function prepareForRows(client: pg.ClientBase, tables: readonly BackedUpTable[]): Promise<string[]> {
  const names = tables.map((table) => table.name)
  const { rows } = await client.query<{ name: string; key: string; definition: string }>(
    `select k.conrelid::regclass::text as name, quote_ident(k.conname) as key, pg_get_constraintdef(k.oid) as definition
     from pg_constraint k where k.contype = 'f' and k.conparentid = 0 and k.conrelid = any ($1::regclass[]) order by 1, 2`,
    [names],
  )
  const forced = await client.query<{ name: string }>(
    'select oid::regclass::text as name from pg_class where relforcerowsecurity and oid = any ($1::regclass[]) order by 1',
    [names],
  )
  await client.query(`truncate ${names.join(', ')} restart identity`)
  for (const { name, key } of rows) await client.query(`alter table ${name} drop constraint ${key}`)
  for (const name of names) await client.query(`alter table ${name} disable trigger user`)
  for (const { name } of forced.rows) await client.query(`alter table ${name} no force row level security`)
  return [
    ...forced.rows.map(({ name }) => `alter table ${name} force row level security`),
    ...names.map((name) => `alter table ${name} enable trigger user`),
    ...rows.map(({ name, key, definition }) => `alter table ${name} add constraint ${key} ${definition}`),
  ]
}

/** Sequences go on after the last number given out; jobs that were running when the backup was made start over. */
export async function settle(client: pg.ClientBase, sequences: Manifest['sequences']): Promise<void> {
  for (const { name, next } of sequences) {
    await client.query('select setval(to_regclass($1), $2::bigint, false) where to_regclass($1) is not null', [
      name,
      next,
    ])
  }
  await client.query(
    'update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_at is not null',
  )
  await client.query(
    'update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_at is not null',
  )
}

export async function openClient(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'okno backup' })
  await client.connect()
  return client
}
