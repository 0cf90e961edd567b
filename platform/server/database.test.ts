import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { systemActor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import { freshDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { audit } from './audit.queries.ts'
import { type Database, openDatabase, type Tx } from './database.ts'
import { currentCursor, isCursorCovered, readEvents, storeEvents } from './events.queries.ts'
import { defineJob, enqueue } from './jobs.ts'
import { allOf, anyOf, keepPlan, texts, uuids } from './kept-plans.ts'
import { together } from './together.ts'

let source: TestDatabase
let database: Database
const own = newId()
const other = newId()

beforeAll(async () => {
  source = await freshDatabase()
  database = openDatabase(source.url)
  await database.pool.query(`insert into platform.workspaces (id, name) values ($1, 'Own'), ($2, 'Other')`, [
    own,
    other,
  ])
})
afterAll(async () => {
  await database.close()
  await source.drop()
})

const event = (n: number) => ({
  name: 'test.happened',
  data: { n },
  actor: { operatorId: null, name: 'Okno' },
  audience: ['workspace'],
  changes: null,
})
const waitingJobs = async () =>
  (await database.pool.query('select count(*)::int as count from graphile_worker.jobs')).rows[0].count as number
const sendMail = defineJob('test.send', z.object({ to: z.string() }))

test('a transaction sees its own workspace only', async () => {
  await database.transaction(own, (tx) => audit(tx, systemActor(own), { action: 'test', object: 'thing' }))

  const seen = await database.transaction(other, (tx) => tx.db.selectFrom('platform.audit_log').selectAll().execute())

  expect(seen).toEqual([])
})

test('a row of another workspace cannot be written', async () => {
  const write = database.transaction(own, (tx) => storeEvents({ ...tx, workspaceId: other }, [event(1)]).execute(tx.db))

  await expect(write).rejects.toThrow(/row-level security/)
})

const NOT_OURS = ['pg_catalog', 'pg_toast', 'information_schema', 'graphile_worker', 'public']

test('every view of the product shows the rows of one workspace', async () => {
  const { rows } = await database.pool.query<{ name: string; isOwn: boolean }>(
    `
    select schemaname || '.' || viewname as name, definition ~ 'WHERE \\(workspace_id = platform.current_workspace\\(\\)\\);$' as "isOwn"
    from pg_views where schemaname <> all ($1)`,
    [NOT_OURS],
  )

  expect(rows.map(({ name }) => name)).toContain('platform.own_search_documents')
  expect(rows.filter(({ isOwn }) => !isOwn)).toEqual([])
})

test('every table of the product is under forced row-level security, but for those read before a workspace is known', async () => {
  const { rows } = await database.pool.query<{ name: string }>(
    `
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname <> all ($1)
      and not (c.relrowsecurity and c.relforcerowsecurity)`,
    [NOT_OURS],
  )

  // What was typed by people nobody knows yet belongs to no workspace; `okno_app` has no rights on these.
  const beforeWorkspaces = ['platform.migrations', 'access.attempts', 'access.verifications']
  expect(rows.map(({ name }) => name).toSorted()).toEqual(beforeWorkspaces.toSorted())
})

test('the role of requests cannot read secrets of sign-in, change the audit log or switch protection off', async () => {
  for (const forbidden of [
    `select * from access.attempts`,
    `select token from access.sessions`,
    `select password from access.credentials`,
    `update platform.audit_log set action = 'x'`,
    `alter table platform.audit_log disable row level security`,
  ]) {
    const attempt = database.transaction(own, async () => {
      const client = await database.pool.connect()
      try {
        await client.query('set role okno_app')
        await client.query(forbidden)
      } finally {
        await client.query('reset role')
        client.release()
      }
    })
    await expect(attempt, forbidden).rejects.toThrow(/permission denied|must be owner/)
  }
})

test('a job is stored if and only if its transaction commits', async () => {
  const before = await waitingJobs()

  await expect(
    database.transaction(own, async (tx) => {
      enqueue(tx, sendMail, { to: 'a@example.com' })
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect(await waitingJobs()).toBe(before)

  await database.transaction(own, async (tx) => enqueue(tx, sendMail, { to: 'a@example.com' }))
  expect(await waitingJobs()).toBe(before + 1)
})

test('a part that fails is rolled back alone, with its jobs', async () => {
  const before = await waitingJobs()

  await database.transaction(own, async (tx) => {
    await audit(tx, systemActor(own), { action: 'kept', object: 'thing' })
    await expect(
      tx.attempt(async () => {
        enqueue(tx, sendMail, { to: 'b@example.com' })
        await audit(tx, systemActor(own), { action: 'lost', object: 'thing' })
        throw new Error('part failed')
      }),
    ).rejects.toThrow('part failed')
  })

  const actions = await database.transaction(own, (tx) =>
    tx.db.selectFrom('platform.audit_log').select('action').where('action', 'in', ['kept', 'lost']).execute(),
  )
  expect(actions).toEqual([{ action: 'kept' }])
  expect(await waitingJobs()).toBe(before)
})

test('what fails at the end takes the whole transaction back', async () => {
  const before = await waitingJobs()

  const attempt = database.transaction(own, async (tx) => {
    await storeEvents(tx, [{ ...event(1), name: 'test.taken_back' }]).execute(tx.db)
    enqueue(tx, sendMail, { to: 'c@example.com' })
    await audit(tx, systemActor(own), { action: 'wrong', object: 'thing', id: 'no uuid' })
  })

  await expect(attempt).rejects.toThrow(/invalid input syntax for type uuid/)
  const { rows } = await database.pool.query(`select from platform.events where name = 'test.taken_back'`)
  expect(rows).toEqual([])
  expect(await waitingJobs()).toBe(before)
})

test('nothing is answered when a transaction cannot be opened under its role', async () => {
  const stranger = `stranger_${newId().slice(-12)}`
  await database.pool.query(`create role ${stranger} login password 'stranger'`)
  const url = new URL(source.url)
  Object.assign(url, { username: stranger, password: 'stranger' })
  const strangers = openDatabase(url.href, { connections: 1 })

  const attempt = strangers.transaction(own, (tx) => sql`select current_user`.execute(tx.db))

  await expect(attempt).rejects.toThrow(/permission denied to set role/)
  await strangers.close()
  await database.pool.query(`drop role ${stranger}`)
})

test('things asked together are all waited for, also when one fails', async () => {
  const order: string[] = []
  const slow = async (tx: Tx) => {
    await sql`select pg_sleep(0.05)`.execute(tx.db)
    order.push('slow')
  }

  const attempt = database.transaction(own, (tx) => together(Promise.reject(new Error('one failed')), slow(tx)))

  await expect(attempt.catch((error) => order.push(error.message))).resolves.toBe(2)
  expect(order).toEqual(['slow', 'one failed'])
})

test('a reader gets events in the order of the numbers of their transactions, not of the letters of these numbers', async () => {
  await database.pool.query(
    `insert into platform.events (workspace_id, xid, name, data, actor, audience)
     select $1, n::text::xid8, 'counted', jsonb_build_object('n', n), '{}', '{workspace}' from unnest(array[9, 10, 99, 100]) as n`,
    [other],
  )

  const first = await database.system((tx) => readEvents(tx, { after: '0-0', limit: 2, workspaceId: other }))
  const after = first.at(-1)?.cursor ?? ''
  const second = await database.system((tx) => readEvents(tx, { after, limit: 2, workspaceId: other }))

  expect([...first, ...second].map((e) => (e.data as { n: number }).n)).toEqual([9, 10, 99, 100])
})

test('a reader never gets an event behind its cursor, however transactions overlap', async () => {
  const start = await database.system(currentCursor)
  let releaseSlow = () => {}
  const slowMayEnd = new Promise<void>((resolve) => {
    releaseSlow = resolve
  })
  let slowHasWritten = () => {}
  const slowWrote = new Promise<void>((resolve) => {
    slowHasWritten = resolve
  })

  const slow = database.transaction(own, async (tx) => {
    await storeEvents(tx, [event(1)]).execute(tx.db)
    slowHasWritten()
    await slowMayEnd
  })
  await slowWrote
  await database.transaction(own, async (tx) => void (await storeEvents(tx, [event(2)]).execute(tx.db)))
  const early = await database.system((tx) => readEvents(tx, { after: start, limit: 10, workspaceId: own }))
  releaseSlow()
  await slow
  const after = early.at(-1)?.cursor ?? start
  const late = () => database.system((tx) => readEvents(tx, { after, limit: 10, workspaceId: own }))

  await expect.poll(async () => [...early, ...(await late())].map((e) => (e.data as { n: number }).n)).toEqual([1, 2])
})

test('a cursor from before the oldest kept event is not covered, one from the future neither', async () => {
  await database.transaction(own, async (tx) => void (await storeEvents(tx, [event(3)]).execute(tx.db)))

  const [now, ancient, future] = await database.system(async (tx) => [
    await isCursorCovered(tx, await currentCursor(tx)),
    await isCursorCovered(tx, '1-0'),
    await isCursorCovered(tx, '999999999-0'),
  ])

  expect({ now, ancient, future }).toEqual({ now: true, ancient: false, future: false })
})

test('a transaction whose process stands still is ended by PostgreSQL, and lets its locks go', async () => {
  const limit = async ({ db }: Tx) =>
    (await sql<{ ms: string }>`select current_setting('idle_in_transaction_session_timeout') as ms`.execute(db)).rows[0]
      ?.ms

  expect(await database.transaction(own, limit)).toBe('10s')
  expect(await database.system(limit)).toBe('10s')
})

test.each([
  [true, 1],
  [false, 0],
])(
  'the plan of a statement that asks for it is kept in its session, unless a pooler lends sessions: %s',
  async (keepsPlans, kept) => {
    const lent = openDatabase(source.url, { connections: 1, keepsPlans })
    const ask = (n: number) =>
      lent.transaction(
        own,
        async (tx) => (await keepPlan(sql<{ n: number }>`select ${n}::int as n`).execute(tx.db)).rows,
      )

    expect([await ask(1), await ask(2)]).toEqual([[{ n: 1 }], [{ n: 2 }]])
    const { rows } = await lent.pool.query("select from pg_prepared_statements where statement like '%plan kept%'")
    expect(rows).toHaveLength(kept)
    await lent.close()
  },
)

test('a statement that would be planned anew with other values is refused with the cure, if its plan is to be kept', async () => {
  const [one, two] = [newId(), newId()]
  const ask = (condition: RawBuilder<unknown>) =>
    database.transaction(own, async (tx) => {
      await keepPlan(sql`select from platform.workspaces where ${condition}`).execute(tx.db)
      return 'kept'
    })

  await expect(ask(sql`id = any(${[one, two]})`)).rejects.toThrow('$1 is a plain array. Give the values by anyOf')
  await expect(ask(sql`id = any(${[one]}::uuid[])`)).rejects.toThrow('$1::uuid[] is a plain array')
  await expect(ask(sql`id in (${one})`)).rejects.toThrow('it lists values after "in"')
  const grows = (...ids: string[]) => sql`id = any(array[${sql.join(ids.map((id) => sql`${id}::uuid`))}])`
  expect(await ask(grows(one))).toBe('kept')
  await expect(ask(grows(one, two))).rejects.toThrow('its text grows with the number of values')
  const rows = (...ids: string[]) =>
    sql`(id, name) = any(values ${sql.join(ids.map((id) => sql`(${id}::uuid, ${id})`))})`
  expect(await ask(rows(one))).toBe('kept')
  await expect(ask(rows(one, two))).rejects.toThrow('its text grows with the number of values')

  const told = sql`exists (select from unnest(${uuids([one])}, ${texts([two])}) as told (id, name))`
  expect(await ask(sql`id = ${anyOf([one, two])} or id = any(${allOf([two])}) or ${told}`)).toBe('kept')
})
