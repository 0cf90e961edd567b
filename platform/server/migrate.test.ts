import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { type ScratchMigrations, scratchMigrations } from '../../tests/support/migrations.ts'
import { eventually } from '../../tests/support/platform.ts'
import type { MigrationLog } from './migrate.ts'

let database: TestDatabase
let migrations: ScratchMigrations
let pool: pg.Pool

beforeAll(async () => {
  migrations = await scratchMigrations()
})
beforeEach(async () => {
  database = await freshDatabase()
  pool = new pg.Pool({ connectionString: database.url })
})
afterEach(async () => {
  await pool.end()
  await database.drop()
})
afterAll(() => migrations.close())

const run = (texts: readonly string[], log?: MigrationLog) => migrations.run(database.url, texts, log)

function listen() {
  const said: string[] = []
  const note = (_facts: object, text: string) => void said.push(text)
  return { said, log: { info: note, warn: note } }
}

const names = async () =>
  (await pool.query<{ name: string }>('select name from platform.migrations order by applied_at')).rows
    .map(({ name }) => name)
    .filter((name) => /^\d\.sql$/.test(name))
const validity = async (index: string) =>
  (await pool.query(`select indisvalid as valid from pg_index where indexrelid = to_regclass($1)`, [index])).rows

const SHOP = `create schema shop;
create table shop.orders (id bigint generated always as identity primary key, customer text not null);
insert into shop.orders (customer) select 'Customer ' || n from generate_series(1, 5000) n;`
const INDEX = 'create index concurrently if not exists orders_customer on shop.orders (customer);'
const ADD_COLUMN = 'alter table shop.orders add column paid boolean not null default false'

test('a migration that fails leaves nothing of itself, and its name and line are said', async () => {
  const broken = `create table shop.bills (id bigint primary key);\n\ninsert into shop.bills\n  (id, sum) values (1, 2);`
  await expect(run([SHOP, broken])).rejects.toThrow(/^Migration 2\.sql failed at line 4: column "sum"/)

  expect(await names()).toEqual(['1.sql'])
  expect((await pool.query(`select to_regclass('shop.bills') as bills`)).rows).toEqual([{ bills: null }])
  await run([SHOP, 'create table shop.bills (id bigint primary key);'])
  expect(await names()).toEqual(['1.sql', '2.sql'])
})

test('a migration that was applied is not edited', async () => {
  await run([SHOP])
  await expect(run([`${SHOP}\n-- and more`])).rejects.toThrow(/1\.sql was changed after it had been applied/)
})

test('a table in use is waited for in short turns, and everybody else goes on meanwhile', async () => {
  await run([SHOP])
  const reader = await pool.connect()
  await reader.query('begin; select count(*) from shop.orders')
  const { said, log } = listen()

  const migrating = run([SHOP, ADD_COLUMN], log)
  await eventually(() => said.includes('migration: a table is in use, trying again'))
  await pool.query(`insert into shop.orders (customer) values ('Written meanwhile')`)
  expect(await names()).toEqual(['1.sql'])
  await reader.query('commit')
  reader.release()

  await migrating
  expect((await pool.query(`select paid from shop.orders where customer = 'Written meanwhile'`)).rows).toEqual([
    { paid: false },
  ])
})

test('of two that start at once one builds the index beside open writes, the other waits and finds it done', async () => {
  await run([SHOP])
  const writer = await pool.connect()
  await writer.query(`begin; insert into shop.orders (customer) values ('Still writing')`)
  const { said, log } = listen()

  const first = run([SHOP, INDEX])
  await eventually(async () => (await validity('shop.orders_customer'))[0]?.valid === false)
  const second = run([SHOP, INDEX], log)
  await eventually(() => said.includes('waiting for another process that migrates the database'))
  await writer.query('commit')
  writer.release()

  await Promise.all([first, second])
  expect(await validity('shop.orders_customer')).toEqual([{ valid: true }])
  expect(await names()).toEqual(['1.sql', '2.sql'])
})

test('an index that was left half built is built anew', async () => {
  const unique = 'create unique index concurrently if not exists orders_once on shop.orders (customer)'
  await run([SHOP])
  await pool.query(`insert into shop.orders (customer) values ('Twice'), ('Twice')`)
  await expect(run([SHOP, unique])).rejects.toThrow(/2\.sql failed: could not create unique index/)
  expect(await validity('shop.orders_once')).toEqual([{ valid: false }])

  await pool.query(`delete from shop.orders where customer = 'Twice'`)
  await run([SHOP, unique])

  expect(await validity('shop.orders_once')).toEqual([{ valid: true }])
})

test('what is done beside the traffic stands alone in its file', async () => {
  await expect(run([SHOP, `${INDEX}\n${ADD_COLUMN}`])).rejects.toThrow(/2\.sql failed.*stands alone in its file/)
  await run([SHOP, `-- For the list of one customer's orders.\n${INDEX}`])
  await run([
    SHOP,
    `-- For the list of one customer's orders.\n${INDEX}`,
    'drop index concurrently if exists shop.orders_customer',
  ])
  expect(await validity('shop.orders_customer')).toEqual([])
})
