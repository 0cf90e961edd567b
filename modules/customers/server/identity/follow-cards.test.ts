import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  followCards,
  formFrom,
  mailFrom,
  type TestCustomers,
  testCustomers,
} from '../../../../tests/support/customers.ts'
import type { PersonDraft } from '../../contract/people.ts'
import { saveMatching } from './matching-state.queries.ts'
import { beginScan, scanCards } from './scan-cards.ts'

let all: TestCustomers
const mail = { id: '0198c000-0000-7000-8000-000000000001', kind: 'email' }
const messenger = { id: '0198c000-0000-7000-8000-000000000002', kind: 'telegram' }
const EVERYTHING = ['customers.read', 'customers.edit', 'customers.manage']

beforeAll(async () => {
  all = await testCustomers()
})
afterAll(() => all?.close())

const create = (draft: PersonDraft) =>
  all.ours.transaction((tx) => all.customers.createPerson(tx, all.ours.actor, draft))
const follow = () => followCards(all)
const card = async (id: string) => (await all.ours.call('GET', `/people/${id}`)).body
const candidatesOf = async (id: string) => (await all.ours.call('GET', `/candidates?personId=${id}`)).body.items
const arrive = (sender: Parameters<TestCustomers['customers']['identify']>[1]['sender'], account = mail) =>
  all.ours.transaction((tx) =>
    all.customers.identify(tx, { account, sender, arrivalId: crypto.randomUUID(), at: all.clock.now }),
  )

test('cards of one person find each other in other spellings, with the evidence for it', async () => {
  const a = await create({ name: 'Александр Щукин', phones: ['+79120100101'], custom: { birthday: '1985-04-08' } })
  const b = await create({ name: 'Shchukin Sasha', custom: { birthday: '1985-08-04' } })
  await create({ name: 'Ольга Соболева', phones: ['+79120100199'] })
  await follow()
  const [pair] = await candidatesOf(a)
  expect([pair.a.id, pair.b.id].sort()).toEqual([a, b].sort())
  const levels = Object.fromEntries(
    pair.evidence.map(({ field, level }: { field: string; level: string }) => [field, level]),
  )
  expect(levels).toMatchObject({ surname: 'spelling', given: 'spelling', birthday: 'swapped' })
  expect(pair.probability).toBeGreaterThan(0.6)
  expect((await card(b)).likenesses).toMatchObject([{ personId: a, probability: pair.probability }])
})

test('what colleagues wrote down joins by itself when it is certain; what strangers typed only asks', async () => {
  const a = await create({ name: 'Инна Громова', phones: ['+79120100202'], city: 'Томск' })
  const b = await create({ name: 'Громова Инна', phones: ['8 912 010-02-02'] })
  await follow()
  expect(await card(b)).toMatchObject({ id: (await card(a)).id, mergedCount: 1 })
  const { body: merges } = await all.ours.call('GET', `/merges?personId=${a}`)
  expect(merges.items).toMatchObject([{ isAutomatic: true, operatorName: 'Okno' }])
  expect(merges.items[0].evidence.length).toBeGreaterThan(1)

  const form = await arrive(formFrom({ name: 'Инна Громова', phone: '+79120100202' }), { ...mail, kind: 'form' })
  await follow()
  expect(await card(form.personId)).toMatchObject({ id: form.personId, mergedCount: 0 })
  expect(await candidatesOf(form.personId)).toHaveLength(1)

  await all.ours.call('POST', `/merges/${merges.items[0].id}/undo`)
  await follow()
  expect((await card(a)).id).not.toBe((await card(b)).id)
})

test('while a long list comes in cards wait to be compared', async () => {
  const later = new Date(all.clock.now.getTime() + 60_000)
  await all.ours.transaction((tx) => all.customers.holdMatching(tx, later))
  const a = await create({ name: 'Тихон Ждущий', phones: ['+79120100212'] })
  const b = await create({ name: 'Ждущий Тихон', phones: ['+79120100212'] })
  await follow()
  expect(await card(b)).toMatchObject({ id: b, mergedCount: 0 })
  await all.ours.transaction((tx) => all.customers.holdMatching(tx, null))
  await follow()
  expect(await card(b)).toMatchObject({ id: (await card(a)).id, mergedCount: 1 })
})

test('a sender known by a messenger alone is joined when the channel shows the phone of another card', async () => {
  const known = await arrive({
    address: '+79120100303',
    name: 'Рита',
    identities: [{ kind: 'phone', value: '+79120100303', proven: true }],
  })
  const nameless = await arrive({ address: 'tg-77', name: 'Маргарита', identities: [] }, messenger)
  expect(nameless.personId).not.toBe(known.personId)
  await arrive(
    { address: 'tg-77', name: 'Маргарита', identities: [{ kind: 'phone', value: '+79120100303', proven: true }] },
    messenger,
  )
  await follow()
  await follow()
  const shown = await card(nameless.personId)
  expect(shown).toMatchObject({ id: (await card(known.personId)).id, mergedCount: 1 })
})

test('a family with one phone stays two people; said to be shared, the phone makes nobody alike', async () => {
  const a = await create({ name: 'Пётр Лосев', phones: ['+79120100404'] })
  const b = await create({ name: 'Ольга Лосева', phones: ['+79120100404'] })
  await follow()
  expect((await card(a)).id).toBe(a)
  expect((await card(a)).likenesses).toEqual([])
  const { id: phone } = (await card(b)).identities[0]
  expect(await all.ours.call('PATCH', `/people/${b}/identities/${phone}`, { shared: true })).toMatchObject({
    status: 204,
  })
  expect((await card(a)).identities).toMatchObject([{ shared: true }])
  const c = await create({ name: 'Пётр Лосев', phones: ['+79120100404'] })
  await follow()
  expect((await card(c)).mergedCount).toBe(0)
})

test('the queue is decided in bulk, and each rule tells how often it was right', async () => {
  const pairs: { personId: string; otherId: string }[] = []
  for (const [n, name] of ['Зоя Уткина', 'Нина Белкина'].entries()) {
    const [personId, otherId] = [
      await create({ name, emails: [`box${n}@deal.test`], custom: { birthday: `199${n}-01-02` } }),
      (await arrive(formFrom({ name, email: `box${n}@deal.test` }), { ...mail, kind: 'form' })).personId,
    ]
    pairs.push({ personId, otherId })
  }
  await follow()
  const { body: queue } = await all.ours.call('GET', '/candidates?limit=200')
  const ids = queue.items.flatMap(({ a, b }: { a: { id: string }; b: { id: string } }) => [a.id, b.id])
  expect(ids).toEqual(expect.arrayContaining(pairs.flatMap(({ personId, otherId }) => [personId, otherId])))
  expect((await all.ours.call('POST', '/candidates/decisions', { decision: 'merge', pairs: [pairs[0]] })).body).toEqual(
    { done: 1, failed: [] },
  )
  const dismissed = await all.ours.call('POST', '/candidates/decisions', { decision: 'dismiss', pairs })
  expect(dismissed.body).toEqual({ done: 1, failed: [{ ...pairs[0], code: 'customers.already_merged' }] })
  const { body: state } = await all.ours.call('GET', '/matching')
  expect(state.rules.find(({ rule }: { rule: string }) => rule.includes('email'))).toMatchObject({
    merged: 1,
    dismissed: 1,
  })
})

test('only administrators set thresholds and start a scan; a scan that was cut off goes on', async () => {
  const settings = { auto: 0.99, review: 0.6, joinsByItself: true }
  expect((await all.ours.call('PUT', '/matching', settings)).status).toBe(403)
  expect((await all.ours.call('POST', '/matching/scan', undefined, ['customers.edit'])).status).toBe(403)
  expect((await all.ours.call('PUT', '/matching', { ...settings, review: 0.999 }, EVERYTHING)).body.code).toBe(
    'customers.thresholds',
  )
  expect((await all.ours.call('PUT', '/matching', settings, EVERYTHING)).status).toBe(200)
  await all.platform.database.pool.query('delete from customers.match_cards where workspace_id = $1', [all.ours.id])
  await all.ours.transaction((tx) => saveMatching(tx, { scan: beginScan(all.clock.now) }))
  await scanCards(all.platform)(all.ours.id, AbortSignal.abort())
  await scanCards(all.platform)(all.ours.id)
  const { body } = await all.ours.call('GET', '/matching')
  expect(body.scan).toMatchObject({ state: 'done', phase: 'compare', progress: 1 })
  expect(body.scan.cards).toBeGreaterThan(5)
})

test('another workspace neither sees nor joins ours', async () => {
  const [a, b] = [await create({ name: 'Ева Ким' }), await create({ name: 'Эва Ким' })]
  const draft = { keptId: a, hiddenId: b }
  expect((await all.theirs.call('POST', '/merges', draft)).status).toBe(404)
  const { body } = await all.ours.call('POST', '/merges', draft)
  expect((await all.theirs.call('POST', `/merges/${body.id}/undo`)).status).toBe(404)
  expect((await all.theirs.call('GET', `/merges?personId=${a}`)).status).toBe(404)
  expect((await all.ours.call('POST', '/merges', draft, ['customers.read'])).status).toBe(403)
})

test('an address goes to another card with its proof, and the next message comes from there', async () => {
  const { personId } = await arrive(mailFrom('ira@moved.test', 'Ира'))
  const other = await create({ name: 'Ирина Старшая' })
  const { id } = (await card(personId)).identities[0]
  await all.ours.call('POST', `/people/${personId}/identities/${id}/move`, { toPersonId: other })
  expect(await arrive(mailFrom('ira@moved.test', 'Ира'))).toMatchObject({ personId: other })
})
