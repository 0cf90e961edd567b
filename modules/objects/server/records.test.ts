import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeCursor } from '#platform/shared/page'
import { eventually, type TestOkno, testPlatform } from '../../../tests/support/platform.ts'

let okno: TestOkno
const label = (text: string) => ({ en: text, ru: text })

beforeAll(async () => {
  okno = await testPlatform()
  await okno.call('POST', '/objects', { key: 'car', label: { one: label('Car'), many: label('Cars') } })
  for (const [key, more] of Object.entries({
    plate: { type: 'text', isUnique: true },
    place: { type: 'address' },
    owner: { type: 'reference', target: 'person' },
  }))
    await okno.call('POST', '/objects/custom.car/fields', { key, label: label(key), ...more })
})
afterAll(() => okno?.close())

const cars = '/objects/custom.car/records'
const car = (name: string, custom: object = {}) => okno.call('POST', cars, { name, custom })

test('an archived record holds no unique value; brought back it takes it again, unless another one has it by then', async () => {
  const first = (await car('First', { plate: 'A1' })).body.id
  expect((await car('Second', { plate: 'a1' })).body.code).toBe('objects.value_taken')
  expect((await okno.call('PATCH', `${cars}/${first}`, { isArchived: true })).status).toBe(200)
  expect((await okno.call('PATCH', `${cars}/${first}`, { isArchived: false })).status).toBe(200)
  expect((await car('Second', { plate: 'a1' })).body.code).toBe('objects.value_taken')

  expect((await okno.call('PATCH', `${cars}/${first}`, { isArchived: true })).status).toBe(200)
  const second = await car('Second', { plate: 'a1' })
  expect(second.status, JSON.stringify(second.body)).toBe(201)
  const back = await okno.call('PATCH', `${cars}/${first}`, { isArchived: false })
  expect(back).toMatchObject({ status: 409, body: { code: 'objects.value_taken' } })
})

test('what names an erased person is taken out of addresses in records as well', async () => {
  const person = (await okno.call('POST', '/people', { name: 'Zinaida Lapteva', emails: ['zina@example.org'] })).body
  const place = { text: 'Lenina 1, to Zinaida Lapteva', city: 'Omsk' }
  const record = (await car('Visit', { owner: person.id, place })).body.id
  const erased = await okno.call('POST', `/people/${person.id}/erasure`, { name: person.name, ground: 'request' })
  expect(erased.status, JSON.stringify(erased.body)).toBe(201)

  const { body } = await okno.call('GET', `${cars}/${record}`)
  expect(body.custom).toEqual({ owner: person.id, place: { text: 'Lenina 1, to …', city: 'Omsk' } })
})

test('a cursor of another list is said to be one', async () => {
  const { body: one } = await car('Edited')
  const { body: edit } = await okno.call('POST', '/objects/custom.car/bulk-edits', {
    ids: [one.id],
    field: 'name',
    op: 'set',
    value: 'Renamed',
  })
  await eventually(async () => (await okno.call('GET', `/bulk-edits/${edit.id}`)).body.state === 'done' || null)
  for (const cursor of [encodeCursor(['x']), encodeCursor(['x', 'y']), encodeCursor(['\0'])])
    for (const list of ['/bulk-edits', `/bulk-edits/${edit.id}/rows`])
      expect([list, await okno.call('GET', `${list}?cursor=${cursor}`)]).toMatchObject([
        list,
        { status: 400, body: { code: 'request.cursor' } },
      ])
})
