import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from './support/database.ts'

/** Tables that belong to no workspace: each says here why it may. */
const SHARED: Readonly<Record<string, string>> = {
  'platform.migrations': 'which migrations this database has seen',
  'platform.workspaces': 'the workspaces themselves',
  'access.users': 'accounts of people: an account finds its workspace, not the other way round',
  'access.credentials': 'passwords of accounts',
  'access.sessions': 'sessions of accounts',
  'access.two_factors': 'second factors of accounts',
  'access.verifications': 'codes under way, before anybody is known',
  'access.api_keys': 'keys of accounts',
  'access.attempts': 'guesses at passwords, before anybody is known',
}

let database: TestDatabase
let client: pg.Client
beforeAll(async () => {
  database = await freshDatabase()
  client = new pg.Client(database.adminUrl)
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

const OURS = `n.nspname !~ '^(pg_|information_schema$|graphile_worker$)' and c.relkind in ('r', 'p')`

const names = async (sql: string) => (await client.query<{ name: string }>(sql)).rows.map(({ name }) => name)

test('every table belongs to a workspace, first in its key, or is listed here with a reason', async () => {
  const outside = await names(`
    select format('%s.%s', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${OURS} and not exists (
      select from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where i.indrelid = c.oid and i.indisprimary and a.attname = 'workspace_id')
    order by 1`)

  expect(outside).toEqual(Object.keys(SHARED).sort())
})

test('row-level security is on, also for the owner, wherever there is a workspace', async () => {
  const open = await names(`
    select format('%s.%s', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
    where ${OURS} and not (c.relrowsecurity and c.relforcerowsecurity and exists (
      select from pg_policy p where p.polrelid = c.oid
        and pg_get_expr(p.polqual, p.polrelid) = '(workspace_id = platform.current_workspace())'
        and pg_get_expr(p.polwithcheck, p.polrelid) = '(workspace_id = platform.current_workspace())'))
    order by 1`)

  expect(open).toEqual([])
})

test('a row cannot point into another workspace', async () => {
  const crossing = await names(`
    select format('%s: %s', k.conrelid::regclass, k.conname) as name from pg_constraint k
    join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where ${OURS} and k.contype = 'f'
      and exists (select from pg_attribute a where a.attrelid = k.conrelid and a.attname = 'workspace_id')
      and exists (select from pg_attribute a where a.attrelid = k.confrelid and a.attname = 'workspace_id')
      and not exists (
        select from unnest(k.conkey, k.confkey) as pair (own, other)
        join pg_attribute o on o.attrelid = k.conrelid and o.attnum = pair.own and o.attname = 'workspace_id'
        join pg_attribute f on f.attrelid = k.confrelid and f.attnum = pair.other and f.attname = 'workspace_id')
    order by 1`)

  expect(crossing).toEqual([])
})

test('the role that serves requests cannot get around any of this', async () => {
  const { rows } = await client.query(
    `select rolsuper, rolbypassrls, rolcanlogin, rolcreaterole from pg_roles where rolname = 'okno_app'`,
  )
  const owned = await names(
    `select c.oid::regclass::text as name from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = 'okno_app'`,
  )
  const changing = await names(`
    select format('%s.%s', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${OURS} and has_table_privilege('okno_app', c.oid, 'truncate, trigger, references, maintain')`)

  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcanlogin: false, rolcreaterole: false }])
  expect(owned).toEqual([])
  expect(changing).toEqual([])
})

test('what custom values name is followed wherever there are custom values', async () => {
  const unfollowed = await names(`
    select format('%s.%s', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'custom' and a.atttypid = 'jsonb'::regtype
    where ${OURS} and 3 <> (select count(*) from pg_trigger g where g.tgrelid = c.oid and g.tgfoid = 'platform.keep_references'::regproc)
    order by 1`)

  expect(unfollowed).toEqual([])
})
