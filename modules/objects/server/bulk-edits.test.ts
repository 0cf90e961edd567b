import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anOperator } from '../../../tests/support/inbox.ts'
import { eventually, type TestOkno, testPlatform } from '../../../tests/support/platform.ts'

let okno: TestOkno
let asOperator: TestOkno['call']
const label = (text: string) => ({ en: text, ru: text })
const TAGS = ['vip', 'debtor'].map((key) => ({ key, label: label(key) }))

beforeAll(async () => {
  okno = await testPlatform()
  asOperator = (await anOperator(okno)).call
  await okno.call('POST', '/objects/person/fields', {
    key: 'tags',
    type: 'multi_choice',
    label: label('Tags'),
    options: TAGS,
  })
})
afterAll(() => okno?.close())

const people = async (city: string, many: number, more: (i: number) => object = () => ({})) => {
  const ids: string[] = []
  for (let i = 0; i < many; i++)
    ids.push((await okno.call('POST', '/people', { name: `${city} ${i}`, city, ...more(i) })).body.id)
  return ids
}
const inCity = (city: string) => ({ field: 'city', op: 'eq', value: city })
const begin = async (draft: object, call = okno.call) => {
  const { status, body } = await call('POST', '/objects/person/bulk-edits', draft)
  expect(status, JSON.stringify(body)).toBe(201)
  return body.id as string
}
const ended = (id: string) =>
  eventually(async () => {
    const { body } = await okno.call('GET', `/bulk-edits/${id}`)
    return ['running', 'undoing'].includes(body.state) ? null : body
  })
const cityOf = async (id: string) => (await okno.call('GET', `/people/${id}`)).body.city

test('a field of all that a condition finds is changed in batches, and put back except what changed since', async () => {
  const ids = await people('Ржев', 60)
  const [first = '', second = ''] = ids

  const id = await begin({ condition: inCity('Ржев'), field: 'city', op: 'set', value: ' Тверь ' })
  expect(await ended(id)).toMatchObject({
    state: 'done',
    total: 60,
    changed: 60,
    same: 0,
    failed: 0,
    can: { undo: true },
  })
  expect(await cityOf(first)).toBe('Тверь')
  await okno.call('PATCH', `/people/${first}`, { city: 'Москва' })
  expect((await okno.call('POST', `/bulk-edits/${id}/undo`)).body.state).toBe('undoing')

  expect(await ended(id)).toMatchObject({ state: 'undone', undone: 59, leftAlone: 1, can: { undo: false } })
  expect([await cityOf(first), await cityOf(second)]).toEqual(['Москва', 'Ржев'])
  const left = await okno.call('GET', `/bulk-edits/${id}/rows?state=left`)
  expect(left.body.items).toEqual([
    { id: first, name: 'Ржев 0', state: 'left', problem: 'objects.changed_since', before: 'Ржев', after: 'Тверь' },
  ])
  expect((await okno.call('POST', `/bulk-edits/${id}/undo`)).body.code).toBe('objects.bulk_not_undoable')
})

test('choices are added and taken away, emptied fields come back, what held the value already is left alone', async () => {
  const [one = '', other = ''] = await people('Клин', 2, (i) => ({ custom: i ? { tags: ['vip'] } : {}, note: 'x' }))
  const tags = async (id: string) => (await okno.call('GET', `/people/${id}`)).body.custom.tags ?? null
  const run = async (draft: object) => ended(await begin({ ids: [one, other], ...draft }))

  expect(await run({ field: 'custom.tags', op: 'add', value: ['vip'] })).toMatchObject({ changed: 1, same: 1 })
  expect(await run({ field: 'custom.tags', op: 'add', value: ['debtor'] })).toMatchObject({ changed: 2 })
  expect(await tags(other)).toEqual(['vip', 'debtor'])
  const removed = await run({ field: 'custom.tags', op: 'remove', value: ['vip', 'debtor'] })
  expect([await tags(one), await tags(other)]).toEqual([null, null])
  await okno.call('POST', `/bulk-edits/${removed.id}/undo`)
  expect(await ended(removed.id)).toMatchObject({ undone: 2, leftAlone: 0 })
  expect(await tags(one)).toEqual(['vip', 'debtor'])
  const cleared = await run({ field: 'note', op: 'clear' })
  await okno.call('POST', `/bulk-edits/${cleared.id}/undo`)
  expect(await ended(cleared.id)).toMatchObject({ undone: 2, leftAlone: 0 })
  expect((await okno.call('GET', `/people/${one}`)).body.note).toBe('x')
})

test('what one object refuses is told of that one, and the rest is changed', async () => {
  await okno.call('POST', '/objects', { key: 'car', label: { one: label('Car'), many: label('Cars') } })
  await okno.call('POST', '/objects/custom.car/fields', {
    key: 'kind',
    type: 'choice',
    label: label('Kind'),
    options: TAGS,
  })
  const record = async (name: string) => (await okno.call('POST', '/objects/custom.car/records', { name })).body.id
  const [kept, gone] = [await record('Лада'), await record('Нива')]
  await okno.call('PATCH', `/objects/custom.car/records/${gone}`, { isArchived: true })
  const draft = { ids: [kept, gone], field: 'custom.kind', op: 'set', value: 'vip' }
  const { body } = await okno.call('POST', '/objects/custom.car/bulk-edits', draft)

  // One that nobody sees any more is not among those that are meant.
  expect(await ended(body.id)).toMatchObject({ total: 1, changed: 1, failed: 0 })
  await okno.call('PATCH', '/objects/custom.car/fields/custom.kind', {
    options: TAGS.map((option) => ({ ...option, isArchived: option.key === 'debtor' })),
  })
  const refused = await okno.call('POST', '/objects/custom.car/bulk-edits', { ...draft, value: 'debtor' })
  expect(await ended(refused.body.id)).toMatchObject({ state: 'done', changed: 0, failed: 1 })
  const rows = await okno.call('GET', `/bulk-edits/${refused.body.id}/rows?state=failed`)
  expect(rows.body.items).toMatchObject([{ id: kept, name: 'Лада', problem: 'objects.value_wrong' }])
})

test('what cannot be done is said before anything is changed', async () => {
  const ids = await people('Бежецк', 1)
  const code = async (draft: object) => (await okno.call('POST', '/objects/person/bulk-edits', draft)).body.code

  expect(await code({ ids, field: 'emails', op: 'set', value: ['a@example.com'] })).toBe('objects.bulk_unfit')
  expect(await code({ ids, field: 'city', op: 'add', value: ['Тверь'] })).toBe('objects.bulk_unfit')
  expect(await code({ ids, field: 'stage', op: 'clear' })).toBe('objects.bulk_unfit')
  expect(await code({ ids, field: 'stage', op: 'set', value: 'king' })).toBe('objects.value_wrong')
  expect(await code({ ids, field: 'city', op: 'set', value: null })).toBe('objects.value_wrong')
  expect(await code({ condition: inCity('Нигде'), field: 'city', op: 'clear' })).toBe('objects.bulk_empty')
  expect(await code({ condition: { field: 'x', op: 'empty' }, field: 'city', op: 'clear' })).toBe(
    'objects.condition_wrong',
  )
  expect((await okno.call('POST', '/objects/person/bulk-edits', { field: 'city', op: 'clear' })).status).toBe(422)
})

test('an edit is its operator’s; supervisors see and undo those of all', async () => {
  const ids = await people('Кашин', 1)
  const own = await begin({ ids, field: 'city', op: 'set', value: 'Торжок' }, asOperator)
  await ended(own)
  const foreign = await begin({ ids, field: 'city', op: 'clear' })
  await ended(foreign)
  const listed = async (call: TestOkno['call']) =>
    (await call('GET', '/bulk-edits')).body.items.map(({ id }: { id: string }) => id)

  expect(await listed(asOperator)).toEqual([own])
  expect(await listed(okno.call)).toEqual(expect.arrayContaining([own, foreign]))
  expect((await asOperator('POST', `/bulk-edits/${foreign}/undo`)).status).toBe(404)
  expect((await okno.call('POST', `/bulk-edits/${foreign}/undo`)).status).toBe(200)
  await ended(foreign)
  expect((await okno.call('POST', `/bulk-edits/${own}/undo`)).body.state).toBe('undoing')
  await ended(own)
  expect(await cityOf(ids[0] ?? '')).toBe('Кашин')
})

test('what stood there before is what the edit replaced, also when somebody changed it in between', async () => {
  const [one = ''] = await people('Кимры', 1)
  const colleague = new pg.Client(okno.database.adminUrl)
  await colleague.connect()
  await colleague.query('begin')
  await colleague.query(`update customers.people set city = 'Дубна' where id = $1`, [one])

  const id = await begin({ ids: [one], field: 'city', op: 'set', value: 'Тверь' })
  await eventually(async () => (await colleague.query('select from pg_locks where not granted')).rowCount)
  await colleague.query('commit')
  await colleague.end()
  await ended(id)

  const { body } = await okno.call('GET', `/bulk-edits/${id}/rows`)
  expect(body.items).toMatchObject([{ state: 'changed', before: 'Дубна', after: 'Тверь' }])
  await okno.call('POST', `/bulk-edits/${id}/undo`)
  expect(await ended(id)).toMatchObject({ undone: 1, leftAlone: 0 })
  expect(await cityOf(one)).toBe('Дубна')
})
