import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailFrom, type TestCustomers, testCustomers } from '../../../../tests/support/customers.ts'
import type { PersonDraft } from '../../contract/people.ts'
import { mergePeople } from './merge-people.ts'
import { unmergePeople } from './unmerge-people.ts'

let all: TestCustomers
const account = { id: '0198c000-0000-7000-8000-000000000001', kind: 'email' }

const EVERYTHING = ['customers.read', 'customers.edit', 'objects.read', 'objects.edit', 'objects.manage']

beforeAll(async () => {
  all = await testCustomers()
})
afterAll(() => all?.close())

const create = (draft: PersonDraft) =>
  all.ours.transaction((tx) => all.customers.createPerson(tx, all.ours.actor, draft))
const merge = (keptId: string, hiddenId: string, choices: Record<string, string> = {}) =>
  all.ours.transaction((tx) => mergePeople(all.platform)(tx, all.ours.actor, { keptId, hiddenId, choices }))
const unmerge = (id: string) => all.ours.transaction((tx) => unmergePeople(all.platform)(tx, all.ours.actor, id))
const write = (address: string, name?: string) =>
  all.ours.transaction((tx) =>
    all.customers.identify(tx, {
      account,
      sender: mailFrom(address, name),
      arrivalId: crypto.randomUUID(),
      at: all.clock.now,
    }),
  )
const card = async (id: string) => (await all.ours.call('GET', `/people/${id}`)).body
const fieldsOf = async (id: string) => {
  const { identities, updatedAt: _, ...fields } = await card(id)
  return { ...fields, identities: identities.map(({ value }: { value: string }) => value).sort() }
}

test('two cards are shown as one with the addresses, history and missing fields of both', async () => {
  const a = await create({ name: 'Анна Белова', emails: ['a.belova@bolt.test'], note: 'Любит звонки утром' })
  const b = await create({ name: 'Белова А.', phones: ['+79120000101'], city: 'Пермь', stage: 'customer' })
  await merge(a, b)
  const shown = await card(b)
  expect(shown).toMatchObject({ id: a, name: 'Анна Белова', city: 'Пермь', stage: 'customer', mergedCount: 1 })
  expect(shown.identities.map(({ value }: { value: string }) => value).sort()).toEqual([
    '+79120000101',
    'a.belova@bolt.test',
  ])
  const { body: list } = await all.ours.call('GET', '/people?limit=200')
  expect(list.items.map(({ id }: { id: string }) => id)).not.toContain(b)
  const { body: found } = await all.ours.call('GET', `/search?q=${encodeURIComponent('Белова А.')}`)
  expect(found.items).toMatchObject([{ id: a, name: 'Анна Белова' }])
  const { body: timeline } = await all.ours.call('GET', `/people/${b}/timeline`)
  expect(timeline.items.map(({ kind }: { kind: string }) => kind)).toEqual([
    'customers.people_merged',
    'customers.person_created',
    'customers.person_created',
  ])
})

test('taking a merge apart restores both cards, and what came meanwhile stays with the address it came by', async () => {
  const { personId: a } = await write('vera@kedr.test', 'Вера Лугова')
  const b = await create({
    firstName: 'Вера',
    lastName: 'Лугова',
    city: 'Омск',
    custom: { size: 'M' },
    emails: ['vl@old.test'],
  })
  const before = [await fieldsOf(a), await fieldsOf(b)]
  const id = await merge(b, a, { name: a, city: b })
  for (let n = 0; n < 100; n++) {
    await all.ours.transaction((tx) =>
      all.customers.recordTimeline(tx, {
        personId: n % 2 ? a : b,
        at: all.clock.now,
        kind: 'inbox.message_received',
        data: { n },
      }),
    )
  }
  expect(await write('vera@kedr.test')).toMatchObject({ personId: a, name: 'Вера Лугова' })
  await unmerge(id)
  const after = [await fieldsOf(a), await fieldsOf(b)]
  expect(after).toEqual(before)
  const entries = async (person: string) =>
    (await all.ours.call('GET', `/people/${person}/timeline?limit=200`)).body.items.filter(
      ({ kind }: { kind: string }) => kind === 'inbox.message_received',
    )
  expect((await entries(a)).every(({ data }: { data: { n: number } }) => data.n % 2 === 1)).toBe(true)
  expect(await entries(a)).toHaveLength(50)
  expect(await entries(b)).toHaveLength(50)
  await expect(unmerge(id)).rejects.toMatchObject({ code: 'customers.merge_undone' })
})

test('a choice is remembered: neither a later change of the other card nor its next message overrides it', async () => {
  const { personId: hidden } = await write('pavel@list.test')
  const kept = await create({ name: 'Павел Рогов', city: 'Тверь' })
  const id = await merge(kept, hidden, { name: kept })
  await write('pavel@list.test', 'Паша из Твери')
  expect(await card(kept)).toMatchObject({ name: 'Павел Рогов' })
  await all.ours.call('PATCH', `/people/${hidden}`, { city: 'Торжок' })
  expect(await card(kept)).toMatchObject({ city: 'Торжок' })
  await unmerge(id)
  expect(await card(hidden)).toMatchObject({ name: 'Паша из Твери', city: null })
  expect(await card(kept)).toMatchObject({ city: 'Торжок' })
})

test('what names a hidden card in a field of its own counts as the shown card’s, until the merge is taken apart', async () => {
  const label = (text: string) => ({ en: text, ru: text })
  const as = (method: 'GET' | 'POST', path: string, body?: object) => all.ours.call(method, path, body, EVERYTHING)
  await as('POST', '/objects', { key: 'pet', label: { one: label('Питомец'), many: label('Питомцы') } })
  const keeper = { key: 'keeper', type: 'reference', target: 'person', label: label('Хозяин') }
  await as('POST', '/objects/custom.pet/fields', keeper)
  const kept = await create({ name: 'Инна Зорина', city: 'Елец' })
  const hidden = await create({ name: 'Зорина И.', city: 'Елец' })
  for (const [name, owner] of Object.entries({ Рекс: hidden, Мурка: hidden, Кеша: kept }))
    await as('POST', '/objects/custom.pet/records', { name, custom: { keeper: owner } })
  const found = async (object: string, condition: object, rights = EVERYTHING) => {
    const filter = encodeURIComponent(JSON.stringify(condition))
    const { body } = await all.ours.call(
      'GET',
      `/objects/${object}/rows?fields=name&filter=${filter}`,
      undefined,
      rights,
    )
    return body.items?.map(({ name }: { name: string }) => name).sort() ?? body.errors
  }
  const pets = (count?: number) => ({
    all: [
      { field: 'city', op: 'eq', value: 'Елец' },
      { relation: 'custom.pet.keeper', ...(count ? { count: { op: 'eq', value: count } } : {}) },
    ],
  })
  const rex = { relation: 'custom.pet.keeper', where: { field: 'name', op: 'eq', value: 'Рекс' } }
  const ofKept = { field: 'custom.keeper', op: 'eq', value: kept }

  const id = await merge(kept, hidden)
  expect(await found('person', rex)).toEqual(['Инна Зорина'])
  expect(await found('person', pets(3))).toEqual(['Инна Зорина'])
  expect(await found('person', { all: [pets(), { not: rex }] })).toEqual([])
  expect((await as('POST', '/conditions/count', { object: 'person', condition: pets(3) })).body).toMatchObject({
    count: 1,
  })
  expect(await found('custom.pet', ofKept)).toEqual(['Кеша', 'Мурка', 'Рекс'])
  expect(await found('person', rex, ['customers.read'])).toMatchObject([{ code: 'objects.unknown_relation' }])

  await unmerge(id)
  expect(await found('person', rex)).toEqual(['Зорина И.'])
  expect(await found('person', pets(2))).toEqual(['Зорина И.'])
  expect(await found('person', pets(1))).toEqual(['Инна Зорина'])
  expect(await found('custom.pet', ofKept)).toEqual(['Кеша'])
})

test('chains: each link comes apart by itself and takes its values with it', async () => {
  const [a, b, c] = [
    await create({ name: 'Лев А' }),
    await create({ name: 'Лев Б' }),
    await create({ name: 'Лев В', city: 'Сочи', phones: ['+79120000303'] }),
  ]
  const lower = await merge(b, c)
  const upper = await merge(a, b)
  expect(await card(c)).toMatchObject({ id: a, city: 'Сочи', mergedCount: 2 })
  await unmerge(lower)
  expect(await card(a)).toMatchObject({ id: a, city: null, mergedCount: 1 })
  expect(await card(b)).toMatchObject({ id: a })
  expect(await card(c)).toMatchObject({ id: c, city: 'Сочи' })
  const again = await merge(b === (await card(b)).id ? b : a, c)
  await unmerge(upper)
  expect(await card(b)).toMatchObject({ id: b, mergedCount: 0 })
  expect(await card(a)).toMatchObject({ id: a, mergedCount: 1, city: 'Сочи' })
  await unmerge(again)
  expect(await card(a)).toMatchObject({ id: a, mergedCount: 0, city: null })
})

test('two operators at once: one merge is made, the other is told what the cards are now', async () => {
  const [a, b, c] = [await create({ name: 'Ия А' }), await create({ name: 'Ия Б' }), await create({ name: 'Ия В' })]
  const tries = await Promise.allSettled([merge(a, b), merge(b, a), merge(c, b)])
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const codes = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
  expect(codes.every((code) => ['customers.already_merged', 'customers.merged_elsewhere'].includes(code))).toBe(true)
  await expect(merge(a, a)).rejects.toMatchObject({ code: 'customers.merge_itself' })
  await expect(merge(a, crypto.randomUUID())).rejects.toMatchObject({ code: 'customers.person_not_found' })
})

test('only fields of a card can be chosen, and only from the two cards', async () => {
  const [a, b] = [await create({ name: 'Ян А', city: 'Клин' }), await create({ name: 'Ян Б', city: 'Клин' })]
  await expect(merge(a, b, { createdAt: a })).rejects.toMatchObject({ code: 'customers.choice_unknown' })
  await expect(merge(a, b, { name: crypto.randomUUID() })).rejects.toMatchObject({ code: 'customers.choice_unknown' })
  await merge(a, b, { name: b })
  expect(await card(a)).toMatchObject({ name: 'Ян Б' })
})

test('a list of values of one’s own goes back like any other value', async () => {
  const a = await create({ name: 'Ада А', custom: { tags: ['опт'] } })
  const b = await create({ name: 'Ада Б', custom: { tags: ['розница', 'vip'] } })
  const id = await merge(a, b, { 'custom.tags': b })
  expect((await card(a)).custom).toEqual({ tags: ['розница', 'vip'] })
  await unmerge(id)
  expect((await card(a)).custom).toEqual({ tags: ['опт'] })
})

test('values laid over each other by two merges come off in any order', async () => {
  const [a, b, c] = [
    await create({ name: 'Лада А' }),
    await create({ name: 'Лада Б', city: 'Тула' }),
    await create({ name: 'Лада В', city: 'Орёл' }),
  ]
  const first = await merge(a, b)
  const second = await merge(a, c, { city: c })
  await unmerge(first)
  expect(await card(a)).toMatchObject({ city: 'Орёл' })
  await unmerge(second)
  expect(await card(a)).toMatchObject({ city: null })
})

test('what was written on a card between two merges stays its own, whichever comes apart', async () => {
  const [a, b, c] = [
    await create({ name: 'Мира А' }),
    await create({ name: 'Мира Б' }),
    await create({ name: 'Мира В', city: 'Уфа' }),
  ]
  const lower = await merge(b, c)
  await all.ours.call('PATCH', `/people/${b}`, { city: 'Анапа' })
  await merge(a, b)
  await unmerge(lower)
  expect(await card(a)).toMatchObject({ city: 'Анапа' })
})

test('when the lowest card leaves, what the card between had before it is shown', async () => {
  const [a, b, c] = [
    await create({ name: 'Нора А' }),
    await create({ name: 'Нора Б', city: 'Псков' }),
    await create({ name: 'Нора В', city: 'Сочи' }),
  ]
  const lower = await merge(b, c, { city: c })
  const upper = await merge(a, b)
  await unmerge(lower)
  expect(await card(a)).toMatchObject({ id: a, city: 'Псков' })
  await unmerge(upper)
  expect(await card(a)).toMatchObject({ city: null })
  expect(await card(b)).toMatchObject({ city: 'Псков' })
})

test('a name that an operator gave while two cards were one is a real name afterwards too', async () => {
  const { personId: a } = await write('nameless@kedr.test')
  const b = await create({ name: 'Фаина Лис' })
  const id = await merge(a, b)
  await all.ours.call('PATCH', `/people/${a}`, { name: 'Фаина Лис-Дворецкая' })
  await unmerge(id)
  await write('nameless@kedr.test', 'Бухгалтерия')
  expect(await card(a)).toMatchObject({ name: 'Фаина Лис-Дворецкая' })
})

test('what was noted about a joined person is found with the card that shows it', async () => {
  const [a, b] = [await create({ name: 'Вероника А' }), await create({ name: 'Вероника Б' })]
  await all.ours.call('POST', `/people/${b}/notes`, { text: 'Держит альпака' })
  await merge(a, b)
  const { body } = await all.ours.call('GET', `/search?q=${encodeURIComponent('альпака')}`)
  expect(body.items).toMatchObject([{ id: a, name: 'Вероника А' }])
})
