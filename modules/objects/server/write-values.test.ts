import { afterAll, beforeAll, expect, test } from 'vitest'
import { anOperator } from '../../../tests/support/inbox.ts'
import { type TestOkno, testPlatform } from '../../../tests/support/platform.ts'

let okno: TestOkno
let asOperator: TestOkno['call']
const label = (text: string) => ({ en: text, ru: text })

beforeAll(async () => {
  okno = await testPlatform({ now: () => new Date('2026-11-20T10:00:00Z') })
  asOperator = (await anOperator(okno)).call
  const field = (object: string, body: object) => made(okno.call('POST', `/objects/${object}/fields`, body))
  await made(okno.call('POST', '/objects', { key: 'car', label: { one: label('Car'), many: label('Cars') } }))
  await field('custom.car', { key: 'seats', type: 'number', label: label('Seats') })
  await field('person', { key: 'limit', type: 'money', label: label('Limit'), rights: SUPERVISORS })
  await field('person', { key: 'tags', type: 'multi_choice', label: label('Tags'), options: OPTIONS })
})
afterAll(() => okno?.close())

const SUPERVISORS = { read: 'operator', edit: 'supervisor' }
const OPTIONS = ['vip', 'debtor'].map((key) => ({ key, label: label(key) }))
const made = async (answer: ReturnType<TestOkno['call']>) => {
  const { status, body } = await answer
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}
const write = (object: string, id: string, values: object, call = okno.call) =>
  call('PATCH', `/objects/${object}/values/${id}`, { values })

test('a person is written by the keys of its fields, built in and own, and the card tells its history', async () => {
  const { id } = await made(okno.call('POST', '/people', { name: 'Анна Ёлкина', emails: ['a@example.com'] }))
  const owner = okno.admin.operatorId

  const answer = await write('person', id, {
    lastName: 'Петрова',
    firstName: 'Анна',
    stage: 'customer',
    owner,
    city: 'Тверь',
    note: null,
    emails: ['B@example.com'],
    'custom.tags': ['vip'],
    'custom.limit': { amount: 5, currency: 'RUB' },
  })

  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  expect(answer.body).toEqual({
    id,
    name: 'Анна Петрова',
    values: {
      lastName: 'Петрова',
      firstName: 'Анна',
      stage: 'customer',
      owner,
      city: 'Тверь',
      note: '',
      emails: ['a@example.com', 'b@example.com'],
      'custom.tags': ['vip'],
      'custom.limit': { amount: 5, currency: 'RUB' },
    },
  })
  expect((await okno.call('GET', `/people/${id}`)).body.name).toBe('Анна Петрова')
  const timeline = await okno.call('GET', `/people/${id}/timeline`)
  expect(timeline.body.items[0]).toMatchObject({
    kind: 'customers.stage_changed',
    data: { from: 'lead', to: 'customer' },
  })
})

test('companies and own objects are written alike, and made through the door', async () => {
  const { id: company } = await made(okno.call('POST', '/companies', { name: 'ООО «Кров»' }))
  const { id: car } = await made(okno.call('POST', '/objects/custom.car/records', { name: 'Лада' }))
  const fresh = await okno.platform.transaction(okno.workspaceId, (tx) =>
    okno.modules.objects.write(tx, okno.admin, 'custom.car', { values: { name: 'Нива', 'custom.seats': 4 } }),
  )

  expect((await write('company', company, { site: 'https://krov.example', city: null })).body.values).toEqual({
    site: 'https://krov.example',
    city: null,
  })
  expect((await write('custom.car', car, { name: 'Лада Веста', 'custom.seats': 5 })).body.values).toEqual({
    name: 'Лада Веста',
    'custom.seats': 5,
  })
  expect((await okno.call('GET', `/objects/custom.car/records/${fresh}`)).body).toMatchObject({
    name: 'Нива',
    custom: { seats: 4 },
  })
})

test('every field that is wrong is named at once, and nothing is written', async () => {
  const { id } = await made(okno.call('POST', '/people', { name: 'Пётр', city: 'Омск' }))

  const { status, body } = await write(
    'person',
    id,
    {
      city: 'Тула',
      stage: 'king',
      name: null,
      createdAt: '2026-01-01T00:00:00Z',
      nothing: 1,
      owner: id,
      emails: ['x'],
      'custom.tags': ['vip', 'none'],
      'custom.limit': null,
    },
    asOperator,
  )

  expect([status, body.code]).toEqual([422, 'objects.value_wrong'])
  expect(body.errors.map(({ path, code }: { path: string; code: string }) => [path, code])).toEqual([
    ['stage', 'objects.value_wrong'],
    ['name', 'objects.value_required'],
    ['createdAt', 'objects.field_forbidden'],
    ['nothing', 'objects.field_unknown'],
    ['owner', 'objects.reference_unknown'],
    ['emails', 'objects.value_wrong'],
    ['custom.tags', 'objects.value_wrong'],
    ['custom.limit', 'objects.field_forbidden'],
  ])
  expect((await okno.call('GET', `/people/${id}`)).body.city).toBe('Омск')
})

test('what cannot be written says why', async () => {
  const code = async (...given: Parameters<typeof write>) => (await write(...given)).body.code
  const nobody = crypto.randomUUID()

  expect(await code('person', nobody, { city: 'Тула' })).toBe('objects.record_not_found')
  expect(await code('nothing', nobody, { city: 'Тула' })).toBe('objects.object_not_found')
  expect(await code('operator', okno.admin.operatorId ?? '', { name: 'Я' })).toBe('objects.read_only')
  const nameless = await okno.platform
    .transaction(okno.workspaceId, (tx) => okno.modules.objects.write(tx, okno.admin, 'company', { values: {} }))
    .catch((problem) => problem)
  expect(nameless).toMatchObject({ code: 'objects.value_wrong', errors: [{ path: 'name' }] })
})
