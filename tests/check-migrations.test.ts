import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const CHECK = path.resolve('scripts/checks/check-migrations.ts')
const FILE = 'modules/shop/server/migrations/2027-01-01-0000-shop.sql'
let folder: string

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'okno-check-'))
  mkdirSync(path.dirname(path.join(folder, FILE)), { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Numbers of the lines at which the check stops; one statement a line. */
function refused(statements: readonly string[]): number[] {
  writeFileSync(path.join(folder, FILE), statements.join('\n'))
  const { stdout, status } = spawnSync(process.execPath, [CHECK], { cwd: folder, encoding: 'utf8' })
  const lines = [...stdout.matchAll(/\.sql:(\d+) /g)].map(([, line]) => Number(line))
  expect(status).toBe(lines.length > 0 ? 1 : 0)
  return lines
}

test('what would break or hold up the version before is refused, each with its line', () => {
  const dangerous = [
    'drop table shop.orders;',
    'alter table shop.orders drop column customer;',
    'alter table shop.orders rename column customer to buyer;',
    'alter table shop.orders rename to bills;',
    'alter table shop.orders alter column sum type numeric;',
    'alter table shop.orders alter column sum set not null;',
    'alter table shop.orders add column paid boolean not null;',
    'alter table shop.orders add constraint known check (sum > 0);',
    'alter table shop.orders add foreign key (buyer) references shop.buyers;',
    'alter table shop.orders add constraint once unique (number);',
    'create index on shop.orders (number);',
    'update shop.orders set sum = 0;',
    'delete from shop.orders;',
  ]
  expect(refused(dangerous)).toEqual(dangerous.map((_, index) => index + 1))
})

test('what an older process can live with passes', () => {
  const harmless = [
    `-- It's a comment; drop table shop.orders;`,
    'create table shop.bills (id bigint primary key);',
    'create index on shop.bills (id);',
    'alter table shop.orders add column paid boolean not null default false;',
    'alter table shop.orders add column note text;',
    'alter table shop.orders add constraint known check (sum > 0) not valid;',
    'alter table shop.orders validate constraint known;',
    'create index concurrently if not exists orders_number on shop.orders (number);',
    'create function shop.forget() returns void language sql as $$ delete from shop.orders; $$;',
    `comment on table shop.orders is 'drop table shop.orders;';`,
    '-- safe: nothing has read it since 0.3.0',
    'alter table shop.orders drop column customer;',
  ]
  expect(refused(harmless)).toEqual([])
})
