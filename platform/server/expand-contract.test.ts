import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { type ScratchMigrations, scratchMigrations } from '../../tests/support/migrations.ts'

/**
 * The example of docs/guides/change-the-schema.md: a column gets another name while the version that knows only the old
 * one goes on serving. Released step by step, as there.
 */
const BEFORE = `create schema shop;
create table shop.orders (id bigint generated always as identity primary key, customer text not null);
insert into shop.orders (customer) select 'Customer ' || n from generate_series(1, 3000) n;`

const EXPAND = [
  `alter table shop.orders add column buyer text;
  create function shop.keep_names_alike() returns trigger language plpgsql as $$
  begin
    if tg_op = 'INSERT' then
      new.customer := coalesce(new.customer, new.buyer);
      new.buyer := new.customer;
    elsif new.buyer is distinct from old.buyer then new.customer := new.buyer;
    else new.buyer := new.customer;
    end if;
    return new;
  end $$;
  create trigger keep_names_alike before insert or update on shop.orders
    for each row execute function shop.keep_names_alike();
  alter table shop.orders add constraint orders_buyer_known check (buyer is not null) not valid;`,
  'create index concurrently if not exists orders_buyer on shop.orders (buyer);',
]
/** What a job of the new version does in its own time, in short transactions. */
const FILL_SOME = `update shop.orders set buyer = customer where id in (
  select id from shop.orders where buyer is null limit 500 for update skip locked)`
const CONTRACT = [
  'alter table shop.orders validate constraint orders_buyer_known;',
  `alter table shop.orders alter column buyer set not null;
  drop trigger keep_names_alike on shop.orders;
  drop function shop.keep_names_alike();
  alter table shop.orders drop constraint orders_buyer_known, drop column customer;`,
]

const OLD = { column: 'customer', mark: 'old' }
const NEW = { column: 'buyer', mark: 'new' }
type Version = typeof OLD

let database: TestDatabase
let migrations: ScratchMigrations
let pool: pg.Pool
/** What was acknowledged last for each order, whoever wrote it. */
let acknowledged: Map<number, string>

beforeAll(async () => {
  database = await freshDatabase()
  migrations = await scratchMigrations()
  pool = new pg.Pool({ connectionString: database.url })
  acknowledged = new Map()
})
afterAll(async () => {
  await pool.end()
  await migrations.close()
  await database.drop()
})

const namesSeenBy = async ({ column }: Version) => {
  const { rows } = await pool.query<{ id: number; name: string }>(`select id, ${column} as name from shop.orders`)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** One process of this version: makes orders and renames the latest, until told to stop. A failing request fails the test. */
function serve({ column, mark }: Version) {
  let isStopped = false
  const work = async () => {
    let count = 0
    while (!isStopped) {
      const name = `${mark} ${++count}`
      const made = await pool.query<{ id: number }>(`insert into shop.orders (${column}) values ($1) returning id`, [
        name,
      ])
      const id = made.rows[0]?.id ?? 0
      acknowledged.set(id, name)
      const renamed = `${name}, renamed`
      await pool.query(`update shop.orders set ${column} = $2 where id = $1`, [id, renamed])
      acknowledged.set(id, renamed)
    }
    return count
  }
  const done = work()
  return {
    stop: () => {
      isStopped = true
      return done
    },
  }
}

test('both versions serve while the schema changes under them, and neither misses what the other wrote', async () => {
  await migrations.run(database.url, [BEFORE])

  const old = serve(OLD)
  await migrations.run(database.url, [BEFORE, ...EXPAND])
  const fresh = serve(NEW)
  for (let filled = 1; filled > 0; ) filled = (await pool.query(FILL_SOME)).rowCount ?? 0
  const ofOld = await old.stop()
  // Read by both at one standstill: the maps are compared whole.
  const ofNew = await fresh.stop()
  expect(Math.min(ofOld, ofNew)).toBeGreaterThan(0)
  const seenByNew = await namesSeenBy(NEW)
  expect(await namesSeenBy(OLD)).toEqual(seenByNew)

  const last = serve(NEW)
  await migrations.run(database.url, [BEFORE, ...EXPAND, ...CONTRACT])
  expect(await last.stop()).toBeGreaterThan(0)

  const kept = await namesSeenBy(NEW)
  expect(kept.size).toBe(3000 + acknowledged.size)
  for (const [id, name] of acknowledged) expect(kept.get(id)).toBe(name)
})
