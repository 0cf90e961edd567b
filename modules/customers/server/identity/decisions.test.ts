import { afterAll, beforeAll, expect, test } from 'vitest'
import { followCards, formFrom, type TestCustomers, testCustomers } from '../../../../tests/support/customers.ts'
import type { PersonDraft } from '../../contract/people.ts'

let all: TestCustomers
const mail = { id: '0198c000-0000-7000-8000-000000000001', kind: 'email' }
const form = { id: '0198c000-0000-7000-8000-000000000004', kind: 'form' }
const MANAGE = ['customers.read', 'customers.edit', 'customers.manage']

beforeAll(async () => {
  all = await testCustomers()
})
afterAll(() => all?.close())

const create = (draft: PersonDraft) =>
  all.ours.transaction((tx) => all.customers.createPerson(tx, all.ours.actor, draft))
const follow = () => followCards(all)
const card = async (id: string) => (await all.ours.call('GET', `/people/${id}`)).body
const shownAs = async (id: string) => (await card(id)).id
const candidatesOf = async (id: string) => (await all.ours.call('GET', `/candidates?personId=${id}`)).body.items
const merge = async (keptId: string, hiddenId: string) =>
  (await all.ours.call('POST', '/merges', { keptId, hiddenId })).body.id
const arrive = (sender: Parameters<TestCustomers['customers']['identify']>[1]['sender'], account = mail) =>
  all.ours.transaction((tx) =>
    all.customers.identify(tx, { account, sender, arrivalId: crypto.randomUUID(), at: all.clock.now }),
  )

test('who was taken out of a chain is not joined by itself to the card above', async () => {
  const a = await create({ name: 'Инга Седова' })
  const b = await create({ name: 'Инга Седова', phones: ['+79120200101'] })
  await merge(a, b)
  const c = await create({ name: 'Седова Инга', phones: ['+79120200101'] })
  const lower = await merge(b === (await shownAs(b)) ? b : a, c)
  const top = await create({ name: 'Инга Седова', emails: ['sedova@deal.test'] })
  await merge(top, a)
  await all.ours.call('POST', `/merges/${lower}/undo`)
  await follow()
  expect(await shownAs(c)).not.toBe(await shownAs(a))
  expect(await candidatesOf(c)).toEqual([])
})

test('two that somebody said are two are not joined by itself, whatever card shows them later', async () => {
  const b = await create({ name: 'Гуля Ким', phones: ['+79120200202'] })
  const c = await create({ name: 'Гуля Ким', phones: ['+79120200202'] })
  expect((await all.ours.call('POST', `/people/${b}/likenesses/${c}/dismiss`)).status).toBe(204)
  const a = await create({ name: 'Ким Гуля', emails: ['kim@deal.test'] })
  await merge(a, b)
  await follow()
  expect(await shownAs(c)).not.toBe(await shownAs(b))
})

test('something new that speaks for a pair which was refused asks again, and does not join by itself', async () => {
  const a = await create({ name: 'Нелли Шац', phones: ['+79120200303'] })
  const b = await create({ name: 'Нелли Шац', phones: ['+79120200303'] })
  await all.ours.call('POST', `/people/${a}/likenesses/${b}/dismiss`)
  await follow()
  for (const id of [a, b]) await all.ours.call('PATCH', `/people/${id}`, { emails: ['shats@deal.test'] })
  await follow()
  expect(await shownAs(b)).toBe(b)
  expect(await candidatesOf(b)).toHaveLength(1)
})

test('an address that is taken off a card does not take the decision about a pair with it', async () => {
  const custom = { birthday: '1977-07-17' }
  const a = await create({ name: 'Аделаида Пак', custom, emails: ['pak@old.test'] })
  const b = await create({ name: 'Пак Аделаида', custom })
  await all.ours.call('POST', `/merges/${await merge(a, b)}/undo`)
  const [mailbox] = (await card(a)).identities
  expect((await all.ours.call('DELETE', `/people/${a}/identities/${mailbox.id}`)).status).toBe(204)
  await follow()
  expect(await candidatesOf(a)).toEqual([])
})

test('a likeness of a joined card is refused on the card that shows it', async () => {
  const a = await create({ name: 'Зинаида Рой' })
  const b = await create({ name: 'З. Рой', emails: ['roy@deal.test'] })
  await merge(a, b)
  const { personId: stranger } = await arrive(formFrom({ name: 'Рой', email: 'roy@deal.test' }), form)
  await follow()
  expect((await card(a)).likenesses).toMatchObject([{ personId: stranger }])
  expect((await all.ours.call('POST', `/people/${a}/likenesses/${stranger}/dismiss`)).status).toBe(204)
  expect((await card(a)).likenesses).toEqual([])
  expect((await all.ours.call('POST', `/people/${a}/likenesses/${b}/dismiss`)).body).toMatchObject({
    code: 'customers.already_merged',
  })
})

test('a suggestion that rested on what has changed goes away', async () => {
  const a = await create({ name: 'Пелагея Жук', custom: { birthday: '1981-02-03' } })
  const b = await create({ name: 'Жук Пелагея', custom: { birthday: '1981-02-03' } })
  await follow()
  expect(await candidatesOf(a)).toHaveLength(1)
  await all.ours.call('PATCH', `/people/${b}`, { name: 'Роман Дятлов', custom: { birthday: '1999-12-30' } })
  await follow()
  expect(await candidatesOf(a)).toEqual([])
})

test('once Okno joins nothing by itself, that goes for pairs found before too', async () => {
  const [a, b] = [await create({ name: 'Лия Оз' }), await create({ name: 'Лия Озова' })].toSorted()
  await all.platform.database.pool.query(
    `insert into customers.likenesses (workspace_id, person_id, other_id, reasons, probability, verdict, rule)
     values ($1, $2, $3, '[]', 0.999, 'auto', 'phone')`,
    [all.ours.id, a, b],
  )
  const settings = { auto: 0.99, review: 0.6, joinsByItself: false }
  await all.ours.call('PUT', '/matching', settings, MANAGE)
  const { body } = await all.ours.call('GET', `/candidates?personId=${a}`)
  await follow()
  await all.ours.call('PUT', '/matching', { ...settings, joinsByItself: true }, MANAGE)
  expect(body.items).toHaveLength(1)
  expect(await shownAs(b ?? '')).toBe(b)
})

test('the queue leaves no pair out between its pages, and refuses a cursor that it did not make', async () => {
  const ids = []
  for (let n = 0; n < 4; n++) ids.push(await create({ name: `Евдокия ${n}` }))
  const [first, ...others] = ids.toSorted()
  for (const other of others)
    await all.platform.database.pool.query(
      `insert into customers.likenesses (workspace_id, person_id, other_id, reasons, probability, verdict, rule)
       values ($1, $2, $3, '[]', 0.95, 'review', 'triplets')`,
      [all.ours.id, first, other],
    )
  const seen: string[] = []
  for (let cursor = ''; ; ) {
    const { body } = await all.ours.call('GET', `/candidates?rule=triplets&limit=1${cursor && `&cursor=${cursor}`}`)
    seen.push(...body.items.map(({ b }: { b: { id: string } }) => b.id))
    if (!body.nextCursor) break
    cursor = body.nextCursor
  }
  expect(seen).toEqual(others)
  const forged = btoa(JSON.stringify(['none', first, first])).replaceAll('=', '')
  expect((await all.ours.call('GET', `/candidates?cursor=${forged}`)).body).toMatchObject({ code: 'request.cursor' })
})
