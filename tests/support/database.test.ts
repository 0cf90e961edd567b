import pg from 'pg'
import { expect, test } from 'vitest'
import { freshDatabase } from './database.ts'

async function query(url: string, sql: string) {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('each test file gets a migrated database of its own, which is gone after drop', async () => {
  const [one, other] = await Promise.all([freshDatabase(), freshDatabase()])
  await query(one.adminUrl, 'create table public_note (n int)')

  expect(await query(one.url, `select to_regclass('platform.migrations') is not null as migrated`)).toEqual([
    { migrated: true },
  ])
  expect(await query(other.url, `select to_regclass('public_note') as note`)).toEqual([{ note: null }])

  await one.drop()
  await other.drop()
  await expect(query(one.url, 'select 1')).rejects.toThrow(/does not exist/)
})
