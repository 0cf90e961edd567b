import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { newId } from '#platform/shared/ids'
import { freshDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { eventually } from '../../tests/support/eventually.ts'
import { type Database, openDatabase, type Tx } from './database.ts'
import { currentCursor, followEvents, isEventCursor, readEvents, storeEvents } from './events.queries.ts'
import { EVERYBODY } from './events.ts'

const workspaceId = newId()
let source: TestDatabase
let database: Database

beforeAll(async () => {
  source = await freshDatabase()
  database = openDatabase(source.url)
  await database.pool.query(`insert into platform.workspaces (id, name) values ($1, 'Own')`, [workspaceId])
})
afterAll(async () => {
  await database.close()
  await source.drop()
})

const tell = async (tx: Tx, n: number, audience = [EVERYBODY]): Promise<void> => {
  const event = { name: 'test.told', data: { n }, actor: { operatorId: null, name: '' } }
  await storeEvents(tx, [{ ...event, audience, changes: null }]).execute(tx.db)
}
const numberOf = (tx: Tx) => sql`select pg_current_xact_id()`.execute(tx.db)
const cursorNow = () => database.system(currentCursor)
const told = async (after: string) => {
  const { events, isHeldBack } = await followEvents(database.pool, { after, limit: 10 })
  return { numbers: events.map(({ data }) => (data as { n: number }).n), isHeldBack }
}

/** Holds a transaction that has written open while something else is looked at. */
async function beside<Result>(run: (work: (tx: Tx) => Promise<void>) => Promise<void>, look: () => Promise<Result>) {
  const began = Promise.withResolvers<void>()
  const seen = Promise.withResolvers<void>()
  const ended = run(async (tx) => {
    await numberOf(tx)
    began.resolve()
    await seen.promise
  })
  await began.promise
  try {
    return await look()
  } finally {
    seen.resolve()
    await ended
  }
}

test('an older transaction that may still tell something holds back what was told since', async () => {
  const after = await cursorNow()
  await beside(
    (work) =>
      database.transaction(workspaceId, async (tx) => {
        await work(tx)
        await tell(tx, 1)
      }),
    async () => {
      await database.transaction(workspaceId, (tx) => tell(tx, 2))
      expect(await told(after)).toEqual({ numbers: [], isHeldBack: true })
    },
  )

  expect(await told(after)).toEqual({ numbers: [1, 2], isHeldBack: false })
})

test('a quiet transaction holds nothing back', async () => {
  const after = await cursorNow()
  await beside(
    (work) => database.quietTransaction(workspaceId, work),
    async () => {
      await database.transaction(workspaceId, (tx) => tell(tx, 3))
      expect(await told(after)).toEqual({ numbers: [3], isHeldBack: false })
    },
  )
})

test('what works in another database holds nothing back, for whoever reads', async () => {
  const after = await cursorNow()
  const elsewhere = new pg.Client(inject('adminUrl'))
  await elsewhere.connect()
  await elsewhere.query('begin; select pg_current_xact_id()')
  await database.transaction(workspaceId, (tx) => tell(tx, 4))

  expect(await told(after)).toEqual({ numbers: [4], isHeldBack: false })
  expect(await database.transaction(workspaceId, (tx) => readEvents(tx, { after, limit: 10 }))).toHaveLength(1)
  await elsewhere.end()
})

test('a transaction that has written reads nothing behind itself', async () => {
  const after = await cursorNow()
  await database.transaction(workspaceId, async (tx) => {
    await numberOf(tx)
    await database.transaction(workspaceId, (other) => tell(other, 5))
    expect(await readEvents(tx, { after, limit: 10 })).toEqual([])
  })

  expect((await told(after)).numbers).toEqual([5])
})

test('a quiet transaction that publishes stores nothing', async () => {
  const after = await cursorNow()
  await expect(
    database.quietTransaction(workspaceId, async (tx) => {
      tx.outbox.events.push({
        name: 'test.told',
        data: {},
        actor: { operatorId: null, name: '' },
        audience: [],
        changes: null,
      })
    }),
  ).rejects.toThrow('publishes test.told')
  expect((await told(after)).numbers).toEqual([])
})

test('what nobody may hear is passed over, and not read again', async () => {
  const after = await cursorNow()
  await database.transaction(workspaceId, async (tx) => {
    for (const n of [1, 2]) await tell(tx, n, [])
    await tell(tx, 3)
    for (const n of [4, 5]) await tell(tx, n, [])
  })
  const follow = (from: string) => followEvents(database.pool, { after: from, limit: 4 })
  // Transactions of others may hold it back for a moment.
  await eventually(async () => (await follow(after)).isMore)
  const first = await follow(after)
  expect(first.events.map(({ data }) => data)).toEqual([{ n: 3 }])
  const second = await follow(first.cursor)
  expect(second).toMatchObject({ events: [], isMore: false })
  expect(second.cursor).not.toBe(first.cursor)
  expect(await follow(second.cursor)).toMatchObject({ events: [], cursor: second.cursor, isMore: false })
})

test('a number too great for the database is no cursor', () => {
  expect(isEventCursor('18446744073709551615-9223372036854775807')).toBe(true)
  expect(isEventCursor('18446744073709551616-0')).toBe(false)
  expect(isEventCursor('1-9223372036854775808')).toBe(false)
})
