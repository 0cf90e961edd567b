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
