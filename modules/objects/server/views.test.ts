import { afterAll, beforeAll, expect, test } from 'vitest'
import { anOperator } from '../../../tests/support/inbox.ts'
import { type TestOkno, testPlatform } from '../../../tests/support/platform.ts'

let okno: TestOkno
/** Somebody who may not share. */
let asOperator: TestOkno['call']
beforeAll(async () => {
  okno = await testPlatform({ now: () => new Date('2026-11-20T10:00:00Z') })
  asOperator = (await anOperator(okno)).call
})
afterAll(() => okno?.close())

const draft = (name: string, more: object = {}) => ({
  object: 'person',
  name,
  columns: [{ field: 'name', width: 240 }, { field: 'city' }],
  condition: { field: 'city', op: 'eq', value: 'Тверь' },
  sort: '-name',
  ...more,
})
const namesOf = async (call: TestOkno['call']) => {
  const { body } = await call('GET', '/views?object=person')
  return body.items.map(({ name }: { name: string }) => name)
}

test('a personal view comes back as it was kept, to its owner alone', async () => {
  const { status, body: kept } = await asOperator('POST', '/views', draft('Тверские'))

  expect(status, JSON.stringify(kept)).toBe(201)
  expect(kept).toMatchObject({ ...draft('Тверские'), isShared: false, can: { edit: true, share: false } })
  expect(await namesOf(asOperator)).toEqual(['Тверские'])
  expect(await namesOf(okno.call)).toEqual([])
  for (const [method, body] of [
    ['PATCH', { name: 'Мои' }],
    ['DELETE', undefined],
  ] as const)
    expect(await okno.call(method, `/views/${kept.id}`, body)).toMatchObject({
      status: 404,
      body: { code: 'objects.view_not_found' },
    })
  expect((await asOperator('DELETE', `/views/${kept.id}`)).status).toBe(204)
  expect(await namesOf(asOperator)).toEqual([])
})

test('a shared view is seen by everybody and changed by those who may share', async () => {
  const { body: shared } = await okno.call('POST', '/views', draft('Общая', { isShared: true }))

  const refused = await asOperator('PATCH', `/views/${shared.id}`, { name: 'Наша' })
  const own = await asOperator('POST', '/views', draft('Своя', { isShared: true }))
  const taken = await okno.call('PATCH', `/views/${shared.id}`, { name: 'Для всех', condition: null })

  expect(await namesOf(asOperator)).toEqual(['Для всех'])
  expect((await asOperator('GET', '/views?object=person')).body.can).toEqual({ share: false })
  expect((await okno.call('GET', '/views?object=person')).body.can).toEqual({ share: true })
  for (const answer of [refused, own])
    expect(answer).toMatchObject({ status: 403, body: { code: 'objects.view_not_yours' } })
  expect(taken).toMatchObject({ status: 200, body: { name: 'Для всех', condition: null, sort: '-name' } })
  await okno.call('PATCH', `/views/${shared.id}`, { isShared: false })
  expect(await namesOf(asOperator)).toEqual([])
})

test('what a view cannot be is said exactly', async () => {
  const code = async (body: object) => (await okno.call('POST', '/views', body)).body.code
  await okno.call('POST', '/views', draft('Повтор'))

  expect(await code(draft('повтор'))).toBe('objects.view_name_taken')
  expect(await code(draft('a', { object: 'nothing' }))).toBe('objects.object_not_found')
  expect(await code(draft('b', { sort: '-note' }))).toBe('objects.not_sortable')
  const columns = await okno.call('POST', '/views', draft('c', { columns: [{ field: 'name' }, { field: 'x' }] }))
  expect(columns).toMatchObject({ status: 422, body: { code: 'objects.column_unknown', errors: [{ path: '1' }] } })
  const condition = await okno.call('POST', '/views', draft('d', { condition: { field: 'x', op: 'empty' } }))
  expect(condition).toMatchObject({ status: 422, body: { code: 'objects.condition_wrong', errors: [{}] } })
})

test('columns hold values of every kind, in the order of the ids, without fields above the role', async () => {
  const label = (text: string) => ({ en: text, ru: text })
  const field = async (body: object) => {
    const answer = await okno.call('POST', '/objects/person/fields', body)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  }
  await field({ key: 'price', type: 'money', label: label('Price') })
  await field({ key: 'half', type: 'formula', formula: 'custom.price / 2', label: label('Half') })
  await field({ key: 'due', type: 'date', label: label('Due'), rights: { read: 'supervisor', edit: 'supervisor' } })
  const person = async (body: object) => (await okno.call('POST', '/people', body)).body.id
  const anna = await person({
    name: 'Анна',
    city: 'Тверь',
    emails: ['b@example.com', 'a@example.com'],
    custom: { price: { amount: 100, currency: 'RUB' }, due: '2027-01-31' },
  })
  const boris = await person({ name: 'Борис' })
  const valuesOf = (call: TestOkno['call'], fields: string) =>
    call('GET', `/objects/person/values?ids=${boris},${anna}&fields=${fields}`)

  const { body } = await valuesOf(okno.call, 'name,stage,emails,custom.price,custom.half,custom.due')

  expect(body.items).toEqual([
    {
      id: boris,
      name: 'Борис',
      values: {
        name: 'Борис',
        stage: 'lead',
        emails: null,
        'custom.price': null,
        'custom.half': null,
        'custom.due': null,
      },
    },
    {
      id: anna,
      name: 'Анна',
      values: {
        name: 'Анна',
        stage: 'lead',
        emails: ['a@example.com', 'b@example.com'],
        'custom.price': { amount: 100, currency: 'RUB' },
        'custom.half': 50,
        'custom.due': '2027-01-31',
      },
    },
  ])
  expect(await valuesOf(asOperator, 'name,custom.due')).toMatchObject({
    status: 422,
    body: { code: 'objects.column_unknown' },
  })
})
