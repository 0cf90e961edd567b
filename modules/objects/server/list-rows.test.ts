import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestOkno, testPlatform } from '../../../tests/support/platform.ts'

let okno: TestOkno
const label = (text: string) => ({ en: text, ru: text })

beforeAll(async () => {
  okno = await testPlatform({ now: () => new Date('2026-11-20T10:00:00Z') })
  await okno.call('POST', '/objects/person/fields', { key: 'vip', type: 'boolean', label: label('VIP') })
  await okno.call('POST', '/objects/person/fields', {
    key: 'friend',
    type: 'reference',
    target: 'person',
    label: label('Friend'),
  })
  const anna = await add({ name: 'Анна', city: 'Тверь', ownerId: okno.admin.operatorId, custom: { vip: true } })
  await add({ name: 'Борис', city: 'Тверь', stage: 'customer', custom: { friend: anna, vip: false } })
  await add({ name: 'Вера', city: 'Тула', custom: { friend: anna } })
})
afterAll(() => okno?.close())

const add = async (draft: object) => (await okno.call('POST', '/people', draft)).body.id
const query = (values: Record<string, string>) => new URLSearchParams(values)
const inTver = JSON.stringify({ field: 'city', op: 'eq', value: 'Тверь' })

test('a page of rows comes with its cells and the names of what they refer to', async () => {
  const fields = 'name,stage,owner,custom.friend'
  const first = await okno.call('GET', `/objects/person/rows?${query({ fields, sort: 'name', limit: '2' })}`)
  const rest = await okno.call(
    'GET',
    `/objects/person/rows?${query({ fields, sort: 'name', limit: '2', cursor: first.body.nextCursor })}`,
  )

  expect(first.body).toMatchObject({
    items: [
      { name: 'Анна', values: { name: 'Анна', stage: 'lead', owner: okno.admin.operatorId, 'custom.friend': null } },
      { name: 'Борис', values: { stage: 'customer', owner: null } },
    ],
    names: { operator: { [okno.admin.operatorId ?? '']: okno.admin.name } },
    can: { edit: true },
  })
  expect(Object.values(first.body.names.person)).toEqual(['Анна'])
  expect(rest.body).toMatchObject({ items: [{ name: 'Вера' }], nextCursor: null })
})

test('rows are narrowed by words and a condition at once', async () => {
  const found = async (values: Record<string, string>) =>
    (await okno.call('GET', `/objects/person/rows?${query({ fields: 'name', ...values })}`)).body.items.map(
      ({ name }: { name: string }) => name,
    )

  expect(await found({ q: 'вера' })).toEqual(['Вера'])
  expect(await found({ q: 'вера', filter: inTver })).toEqual([])
  expect((await okno.call('GET', '/objects/person/rows?fields=name,nothing')).body.code).toBe('objects.column_unknown')
})

test('a list is headed by the values of a field, counted; only by fields of few values', async () => {
  const heads = async (field: string, filter?: string) =>
    (await okno.call('GET', `/objects/person/groups?${query({ field, ...(filter ? { filter } : {}) })}`)).body

  expect(await heads('stage', inTver)).toEqual({
    items: [
      { value: 'lead', name: null, counted: { count: 1, precision: 'exact' } },
      { value: 'customer', name: null, counted: { count: 1, precision: 'exact' } },
      { value: 'former', name: null, counted: { count: 0, precision: 'exact' } },
      { value: null, name: null, counted: { count: 0, precision: 'exact' } },
    ],
    nextCursor: null,
    isWhole: true,
    rest: null,
  })
  expect((await heads('custom.vip')).items.map(({ counted }: { counted: { count: number } }) => counted.count)).toEqual(
    [1, 1, 1],
  )
  expect((await heads('custom.friend')).items).toMatchObject([
    { name: 'Анна', counted: { count: 2 } },
    { value: null, counted: { count: 1 } },
  ])
  expect((await heads('owner')).items).toMatchObject([
    { name: okno.admin.name, counted: { count: 1 } },
    { value: null },
  ])
  expect((await heads('city')).code).toBe('objects.not_groupable')
  const view = { object: 'person', name: 'По городам', columns: [{ field: 'name' }], groupBy: 'city' }
  expect((await okno.call('POST', '/views', view)).body.code).toBe('objects.not_groupable')
  expect((await okno.call('POST', '/views', { ...view, groupBy: 'stage' })).body.groupBy).toBe('stage')
})

test('values beyond the first hundred stand under one heading, and every row is below some heading', async () => {
  let friend = await add({ name: 'Первый' })
  for (let n = 0; n < 102; n++) friend = await add({ name: `Друг ${n}`, custom: { friend } })

  const { body } = await okno.call('GET', '/objects/person/groups?field=custom.friend')
  const [empty] = body.items.filter(({ value }: { value: string | null }) => value === null)
  expect(body.items).toHaveLength(101)
  expect(body).toMatchObject({ isWhole: false, rest: { counted: { count: 3, precision: 'exact' } } })
  expect(empty).toMatchObject({ counted: { count: 2 } })
})

test('people stand under each company where they work, under the shown card what joined ones bring, page by page', async () => {
  const heads = async (values: Record<string, string> = {}) =>
    (await okno.call('GET', `/objects/person/groups?${query({ field: 'companies', filter: inTomsk, ...values })}`)).body
  const inTomsk = JSON.stringify({ field: 'city', op: 'eq', value: 'Томск' })
  const people = []
  for (const name of ['Глеб', 'Дина', 'Ева', 'Ева Третья']) people.push(await add({ name, city: 'Томск' }))
  const [gleb, dina, eva, twin] = people
  const companies = []
  for (const name of ['Дуб', 'Вяз']) companies.push((await okno.call('POST', '/companies', { name })).body.id)
  const [oak, elm] = companies
  for (const [person, company] of [
    [gleb, oak],
    [gleb, elm],
    [dina, oak],
    [twin, oak],
    [eva, oak],
  ])
    expect((await okno.call('PUT', `/people/${person}/companies/${company}`, {})).status).toBeLessThan(300)
  expect((await okno.call('POST', '/merges', { keptId: eva, hiddenId: twin })).status).toBe(201)
  await add({ name: 'Жанна', city: 'Томск' })

  expect(await heads()).toEqual({
    items: [
      { value: oak, name: 'Дуб', counted: { count: 3, precision: 'exact' } },
      { value: elm, name: 'Вяз', counted: { count: 1, precision: 'exact' } },
      { value: null, name: null, counted: { count: 1, precision: 'exact' } },
    ],
    nextCursor: null,
    isWhole: true,
    rest: null,
  })
  expect((await heads({ cursor: 'x' })).code).toBe('request.cursor')

  await okno.platform.transaction(okno.workspaceId, (tx) =>
    sql`with made as (insert into customers.companies (workspace_id, id, name)
        select ${tx.workspaceId}, gen_random_uuid(), 'Лес ' || i from generate_series(1, 120) as i returning id)
      insert into customers.employments (workspace_id, person_id, company_id) select ${tx.workspaceId}, ${dina}, id from made`.execute(
      tx.db,
    ),
  )
  const first = await heads()
  const second = await heads({ cursor: first.nextCursor })
  const told = [...first.items, ...second.items].map(({ value }: { value: string | null }) => value)
  // Whoever holds one that has no heading yet stands under another already.
  expect(first).toMatchObject({ isWhole: false, rest: null })
  expect(first.items).toHaveLength(101)
  expect(second).toMatchObject({ nextCursor: null, isWhole: true, rest: null })
  expect(new Set(told).size).toBe(120 + 2 + 1)
})
