import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestCustomers, testCustomers } from '../../../../tests/support/customers.ts'
import { eventually } from '../../../../tests/support/platform.ts'
import type { MergeDraft } from '../../contract/identity.ts'
import type { PersonDraft } from '../../contract/people.ts'
import { mergePeople } from './merge-people.ts'

let all: TestCustomers
const ADMIN = ['customers.read', 'customers.edit', 'customers.personal_data']

beforeAll(async () => {
  all = await testCustomers()
})
afterAll(() => all?.close())

const create = (draft: PersonDraft) =>
  all.ours.transaction((tx) => all.customers.createPerson(tx, all.ours.actor, draft))
const merge = (keptId: string, hiddenId: string) =>
  all.ours.transaction((tx) => mergePeople(all.platform)(tx, all.ours.actor, { keptId, hiddenId }))
const row = async (id: string) => {
  const { rows } = await all.platform.database.pool.query('select * from customers.people where id = $1', [id])
  return rows[0]
}

/** Does something while a merge is made and not committed: that is done when the other waits for it. Resolves when both are through. */
async function whileJoining<Result>(draft: MergeDraft, act: () => Promise<Result>): Promise<Result> {
  let acting: Promise<Result> | undefined
  await all.ours.transaction(async (tx) => {
    await mergePeople(all.platform)(tx, all.ours.actor, draft)
    acting = act()
    await eventually(async () => {
      const { rows } = await sql`select from pg_locks waiting
        where not waiting.granted and pg_backend_pid() = any(pg_blocking_pids(waiting.pid))`.execute(tx.db)
      return rows.length > 0
    })
  })
  if (!acting) throw new Error('Nothing was done meanwhile.')
  return acting
}

test('who is erased while a card is joined to theirs is erased with that card', async () => {
  const [a, b] = [await create({ name: 'Юна Первая' }), await create({ name: 'Юна Вторая', note: 'Тайна' })]
  const erased = await whileJoining({ keptId: a, hiddenId: b }, () =>
    all.ours.call('POST', `/people/${a}/erasure`, { ground: 'request', note: '', name: 'Юна Первая' }, ADMIN),
  )
  expect(erased.status).toBe(201)
  expect(await row(b)).toMatchObject({ note: '', erased_at: expect.any(Date) })
})

test('whose data is restricted while a card is joined to theirs, it is restricted on both', async () => {
  const [a, b] = [await create({ name: 'Ива Первая' }), await create({ name: 'Ива Вторая' })]
  const restricted = await whileJoining({ keptId: a, hiddenId: b }, () =>
    all.ours.call('PUT', `/people/${a}/restriction`, { reason: 'Спор о данных' }, ADMIN),
  )
  expect(restricted.status).toBe(200)
  expect(await row(b)).toMatchObject({ restricted_reason: 'Спор о данных' })
})

test('what is written on a card while it is joined to another is written on the one that is shown', async () => {
  const [a, b] = [await create({ name: 'Тая Первая' }), await create({ name: 'Тая Вторая' })]
  const changed = await whileJoining({ keptId: a, hiddenId: b }, () =>
    all.ours.call('PATCH', `/people/${b}`, { city: 'Елец' }),
  )
  expect(changed.body).toMatchObject({ id: a, city: 'Елец' })
})

test('a merge is taken apart while a third card is joined: nothing of the one that left stays', async () => {
  const [a, b, c] = [
    await create({ name: 'Роза Первая' }),
    await create({ name: 'Роза Вторая', city: 'Клин' }),
    await create({ name: 'Роза Третья', city: 'Дно' }),
  ]
  const first = await merge(a, b)
  await whileJoining({ keptId: a, hiddenId: c, choices: { city: c } }, () =>
    all.ours.call('POST', `/merges/${first}/undo`),
  )
  expect(await row(a)).toMatchObject({ city: 'Дно' })
  expect(await row(b)).toMatchObject({ shown_as: null, city: 'Клин' })
  const { items } = (await all.ours.call('GET', `/merges?personId=${c}`)).body
  await all.ours.call('POST', `/merges/${items[0].id}/undo`)
  expect(await row(a)).toMatchObject({ city: null })
})
