import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeCursor } from '#platform/shared/page'
import { importFile, moveImport, rowsOf } from '../../../../tests/support/imports.ts'
import { anOperator } from '../../../../tests/support/inbox.ts'
import { type TestOkno, testPlatform } from '../../../../tests/support/platform.ts'

let okno: TestOkno
const label = (text: string) => ({ en: text, ru: text })

beforeAll(async () => {
  okno = await testPlatform()
  await okno.call('POST', '/objects', { key: 'car', label: { one: label('Car'), many: label('Cars') } })
  const field = (object: string, body: object) => okno.call('POST', `/objects/${object}/fields`, body)
  await field('custom.car', { key: 'plate', type: 'text', label: label('Plate'), isUnique: true })
  await field('custom.car', { key: 'mass', type: 'number', label: label('Mass'), isUnique: true })
  await field('custom.car', { key: 'seats', type: 'number', label: label('Seats') })
  await field('custom.car', { key: 'doors', type: 'number', label: label('Doors') })
  await field('person', { key: 'card', type: 'text', label: label('Card'), isUnique: true })
})
afterAll(() => okno?.close())

const cars = (csv: string, patch: object = {}) => importFile(okno, csv, { object: 'custom.car', patch })
const found = async (name: string) => {
  const filter = encodeURIComponent(JSON.stringify({ field: 'name', op: 'eq', value: name }))
  return (await okno.call('GET', `/objects/custom.car/records?filter=${filter}`)).body.items
}

test('a list of records that was taken back can be taken in again, unique values and all', async () => {
  const csv = 'name,Plate\nNiva,A-1\n'
  const first = await cars(csv)
  expect((await moveImport(okno, first.id, 'undo')).undo).toEqual({ removed: 1, restored: 0, left: 0 })
  const again = await cars(csv)
  expect(again.result, JSON.stringify(await rowsOf(okno, again.id))).toMatchObject({ created: 1, refused: 0 })
})

test('a record that several rows of a list made and changed goes back step by step, and away', async () => {
  const done = await cars('name,Seats\nVolga,4\nVolga,5\n', { key: 'name' })
  expect(done.result).toMatchObject({ created: 1, joined: 1 })
  expect((await moveImport(okno, done.id, 'undo')).undo).toEqual({ removed: 1, restored: 1, left: 0 })
  expect(await found('Volga')).toEqual([])
  const touched = await cars('name,Seats\nZil,4\nZil,5\n', { key: 'name' })
  const [zil] = await found('Zil')
  await okno.call('PATCH', `/objects/custom.car/records/${zil.id}`, { custom: { doors: 2 } })
  expect((await moveImport(okno, touched.id, 'undo')).undo).toEqual({ removed: 0, restored: 1, left: 1 })
  expect(await found('Zil')).toMatchObject([{ custom: { seats: 4, doors: 2 } }])
})

test('a row that cannot be taken back says why, and the others are', async () => {
  await okno.call('POST', '/objects/custom.car/records', { name: 'Kamaz', custom: { doors: 2 } })
  const done = await cars('name,Doors\nKamaz,3\nUral,4\n', { key: 'name' })
  await okno.call('PATCH', '/objects/custom.car/fields/custom.doors', { isArchived: true })
  const undone = await moveImport(okno, done.id, 'undo')
  await okno.call('PATCH', '/objects/custom.car/fields/custom.doors', { isArchived: false })
  expect(undone).toMatchObject({ state: 'undone', undo: { removed: 1, restored: 0, left: 1 } })
  const [left] = await rowsOf(okno, done.id, '&outcome=left')
  expect(left?.undone?.left).toEqual([{ code: 'objects.field_archived', field: 'custom.doors' }])
})

test('a key that no field can hold refuses its row, not the whole list', async () => {
  const long = 'x'.repeat(600)
  const byName = await cars(`name,Seats\n${long},4\nGaz,5\n`, { key: 'name' })
  expect(byName.result).toMatchObject({ created: 1, refused: 1 })
  const byMass = await cars('name,Mass\nLight,1.23456789\nHeavy,12\n', { key: 'custom.mass' })
  expect(byMass.result).toMatchObject({ created: 1, refused: 1 })
  const mapping = [{ target: 'id' }, { target: 'name' }]
  const byId = await cars('code,name\nnone,Moskvich\n', { mapping, key: 'id' })
  expect(byId.result).toMatchObject({ created: 0, refused: 1 })
  expect((await rowsOf(okno, byId.id))[0]?.reasons).toEqual([{ code: 'exchange.card_unknown', field: 'id' }])
})

test('a unique value that an import gave a known card is free again when the import is taken back', async () => {
  await okno.call('POST', '/people', { name: 'Known', emails: ['known@example.org'] })
  const done = await importFile(okno, 'email,Card\nknown@example.org,K-9\n')
  expect(done.result).toMatchObject({ changed: 1 })
  expect((await moveImport(okno, done.id, 'undo')).undo).toEqual({ removed: 0, restored: 1, left: 0 })
  const other = await okno.call('POST', '/people', { name: 'Other', custom: { card: 'K-9' } })
  expect(other.status, JSON.stringify(other.body)).toBe(201)
})

test('rows of a list tell nothing of fields that their reader may not read', async () => {
  const rights = { read: 'administrator', edit: 'administrator' }
  await okno.call('POST', '/objects/custom.car/fields', { key: 'cost', type: 'number', label: label('Cost'), rights })
  const supervisor = await anOperator(okno, { role: 'supervisor' })
  const csv = 'name,Seats,Cost\nOka,4,70707\n'
  await cars('name,Cost\nOka,60606\n')
  const { id } = await cars(`${csv}Bad,four,80808\nWorse,4,ninety\n`, { key: 'name' })
  const seen = async (call: typeof okno.call) =>
    JSON.stringify([(await call('GET', `/imports/${id}`)).body, (await call('GET', `/imports/${id}/rows`)).body])

  expect(await seen(okno.call)).toMatch(/60606.*70707|70707.*60606/)
  expect(await seen(supervisor.call)).toContain('Oka')
  expect(await seen(supervisor.call)).not.toMatch(/60606|70707|80808|ninety/)
  const file = await fetch(`${okno.url}/api/v1/imports/${id}/refused`, {
    headers: { cookie: await supervisor.cookie() },
  })
  expect(await file.text()).toMatch(/^(?=.*Worse)(?!.*(80808|ninety))/s)
})

test('a cursor of another list is said to be one', async () => {
  const { id } = await cars('name\nUaz\n')
  for (const list of ['/imports', `/imports/${id}/rows`])
    for (const cursor of [encodeCursor(['x']), encodeCursor(['\0']), encodeCursor([null])])
      expect([list, await okno.call('GET', `${list}?cursor=${cursor}`)]).toMatchObject([
        list,
        { status: 400, body: { code: 'request.cursor' } },
      ])
})
