import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, type TestCustomers, testCustomers } from '../../../tests/support/customers.ts'

let okno: TestCustomers
beforeAll(async () => {
  okno = await testCustomers()
})
afterAll(() => okno.close())

const aPerson = (name: string) => newPerson(okno.ours, { name })
const join = (a: string, b: string, part?: string) =>
  okno.ours.call('PUT', `/people/${a}/household/${b}`, part === undefined ? {} : { part })
const namesAt = async (id: string): Promise<string[]> =>
  (await okno.ours.call('GET', `/people/${id}/household`)).body.members.map(({ name }: { name: string }) => name)

test('people who live together are one household, seen from each of them, with what they share', async () => {
  const mother = await newPerson(okno.ours, { name: 'Вера', phones: ['+79120000007'] })
  const [son, daughter] = [await aPerson('Пётр'), await aPerson('Анна')]
  await join(mother.id, son.id, 'сын')
  await join(son.id, daughter.id)
  await okno.ours.call('PATCH', `/people/${mother.id}/identities/${mother.identities[0].id}`, { shared: true })

  const { body } = await okno.ours.call('GET', `/people/${daughter.id}/household`)
  expect(body).toEqual({
    members: [
      { personId: daughter.id, name: 'Анна', part: null },
      { personId: mother.id, name: 'Вера', part: null },
      { personId: son.id, name: 'Пётр', part: 'сын' },
    ],
    shared: [{ kind: 'phone', value: '+79120000007' }],
  })
  expect((await okno.ours.call('DELETE', `/people/${mother.id}/household/${son.id}`)).status).toBe(204)
  expect(await namesAt(mother.id)).toEqual(['Анна', 'Вера'])
  expect(await namesAt(son.id)).toEqual([])
})

test('nobody has two households, and a household of one is none', async () => {
  const people = await Promise.all(['А', 'Б', 'В', 'Г'].map(aPerson))
  const [a, b, c, d] = people.map(({ id }) => id)
  await join(a ?? '', b ?? '')
  await join(c ?? '', d ?? '')

  expect((await join(a ?? '', c ?? '')).body.code).toBe('customers.household_other')
  expect((await okno.ours.call('DELETE', `/people/${a}/household/${c}`)).body.code).toBe(
    'customers.household_not_found',
  )
  await okno.ours.call('DELETE', `/people/${a}/household/${b}`)
  expect(await namesAt(a ?? '')).toEqual([])
  expect((await join(a ?? '', a ?? '')).body.code).toBe('customers.household_not_found')
})

test('two who are put together from both sides at once are one household', async () => {
  const [a, b] = [await aPerson('А'), await aPerson('Б')]
  const answers = await Promise.all([join(a.id, b.id), join(b.id, a.id)])

  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect(await namesAt(a.id)).toEqual(['А', 'Б'])
})

test('cards that were joined belong to the household as one', async () => {
  const [a, b, double] = [await aPerson('Анна'), await aPerson('Борис'), await aPerson('Анна')]
  await join(a.id, b.id)
  await okno.ours.call('POST', '/merges', { keptId: double.id, hiddenId: a.id })

  expect(await namesAt(b.id)).toEqual(['Анна', 'Борис'])
  expect((await okno.ours.call('DELETE', `/people/${double.id}/household/${double.id}`)).status).toBe(204)
  expect(await namesAt(b.id)).toEqual([])
})

test('addresses of several people wait in one list with their holders, and are decided at once', async () => {
  const phones = ['+79160000001', '+79160000002', '+79160000003']
  for (const name of ['Ольга Петрова', 'Игорь Петров']) await newPerson(okno.theirs, { name, phones })
  // One person's two cards: to be joined, not shared.
  for (const name of ['Мария Соколова', 'Соколова Маша'])
    await newPerson(okno.theirs, { name, emails: ['m@example.ru'] })
  const list = async (query = '') => (await okno.theirs.call('GET', `/shared-addresses${query}`)).body

  const { items } = await list()
  expect(items.map(({ value }: { value: string }) => value)).toEqual(phones)
  expect(items[0]).toMatchObject({
    kind: 'phone',
    count: 2,
    holders: [{ name: 'Игорь Петров' }, { name: 'Ольга Петрова' }],
  })
  const first = await list('?limit=1')
  expect((await list(`?limit=1&cursor=${first.nextCursor}`)).items).toMatchObject([{ value: phones[1] }])

  const of = ({ personId, identityId }: { personId: string; identityId: string }) => ({ personId, identityId })
  const decide = (shared: boolean, addresses: object[]) =>
    okno.theirs.call('POST', '/shared-addresses/decisions', { shared, addresses })
  const gone = { personId: items[0].personId, identityId: items[0].personId }
  expect((await decide(true, [of(items[0]), gone])).body).toMatchObject({
    done: 1,
    failed: [{ code: 'customers.identity_not_found' }],
  })
  await decide(false, [of(items[1])])

  expect((await list()).items).toMatchObject([{ value: phones[2] }])
  const card = (await okno.theirs.call('GET', `/people/${items[0].personId}`)).body
  expect(card.identities.find(({ value }: { value: string }) => value === phones[0]).shared).toBe(true)
  expect((await okno.ours.call('GET', '/shared-addresses')).body.items).toEqual([])
})
