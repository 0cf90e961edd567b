import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enqueue } from '#platform/server/jobs'
import { anOperator, type Colleague } from '../../../tests/support/inbox.ts'
import { eventually, type TestOkno, testPlatform } from '../../../tests/support/platform.ts'
import { bulkJob } from './run-bulk-edit.ts'

let okno: TestOkno
let operator: Colleague
let supervisor: Colleague
const label = (text: string) => ({ en: text, ru: text })
const ofAdministrators = { read: 'administrator', edit: 'administrator' }

beforeAll(async () => {
  okno = await testPlatform()
  operator = await anOperator(okno)
  supervisor = await anOperator(okno, { role: 'supervisor' })
})
afterAll(() => okno?.close())

const field = async (object: string, draft: Record<string, unknown>) => {
  const { status, body } = await okno.call('POST', `/objects/${object}/fields`, draft)
  expect(status, JSON.stringify(body)).toBe(201)
}
const count = async (object: string, condition: unknown, call = operator.call) =>
  (await call('POST', '/conditions/count', { object, condition })).body

test('what a reference names that a role may not read, that role does not find over the relation either, there or back', async () => {
  await okno.call('POST', '/objects', { key: 'agent', label: { one: label('Agent'), many: label('Agents') } })
  await field('person', {
    key: 'agent',
    type: 'reference',
    target: 'custom.agent',
    label: label('Agent'),
    rights: ofAdministrators,
  })
  const agent = (await okno.call('POST', '/objects/custom.agent/records', { name: 'Bond' })).body.id
  await okno.call('POST', '/people', { name: 'Watched', custom: { agent } })
  const there = { relation: 'custom.agent', where: { field: 'name', op: 'eq', value: 'Bond' } }
  const back = { relation: 'person.agent', where: { field: 'name', op: 'eq', value: 'Watched' } }

  expect(await count('person', there)).toMatchObject({ code: 'objects.condition_wrong' })
  expect(await count('custom.agent', back)).toMatchObject({ code: 'objects.condition_wrong' })
  const relations = async (key: string) =>
    (await operator.call('GET', `/objects/${key}`)).body.relations.map((one: { key: string }) => one.key)
  expect(await relations('person')).not.toContain('custom.agent')
  expect(await relations('custom.agent')).not.toContain('person.agent')
  expect(await count('person', there, okno.call)).toMatchObject({ count: 1 })
  expect(await count('custom.agent', back, okno.call)).toMatchObject({ count: 1 })
})

test('what a role may not read does not order its lists: the order and the cursor would tell values', async () => {
  await field('person', { key: 'income', type: 'number', label: label('Income'), rights: ofAdministrators })
  for (const [name, income] of Object.entries({ Rich: 900, Poor: 100 }))
    await okno.call('POST', '/people', { name, custom: { income } })
  const lists = ['/objects/person/rows?fields=name&', '/people?'].map((list) => `${list}limit=1&sort=-custom.income`)

  for (const list of lists) {
    expect(await operator.call('GET', list)).toMatchObject({ status: 422, body: { code: 'objects.not_sortable' } })
    expect((await okno.call('GET', list)).body.items).toMatchObject([{ name: 'Rich' }])
  }
})

test('a formula is read by those alone who may read all that it stands on', async () => {
  await field('person', { key: 'salary', type: 'number', label: label('Salary'), rights: ofAdministrators })
  await field('person', { key: 'doubled', type: 'formula', formula: 'custom.salary * 2', label: label('Doubled') })
  const { id } = (await okno.call('POST', '/people', { name: 'Paid', custom: { salary: 50 } })).body
  const values = (call: typeof okno.call) => call('GET', `/objects/person/values?ids=${id}&fields=custom.doubled`)
  const asked = { field: 'custom.doubled', op: 'gte', value: 100 }

  expect((await values(operator.call)).body.code).toBe('objects.column_unknown')
  expect(await count('person', asked)).toMatchObject({ code: 'objects.condition_wrong' })
  expect((await values(okno.call)).body.items).toMatchObject([{ values: { 'custom.doubled': 100 } }])
})

test('a bulk edit tells its value to those alone who may read the field, and is taken back by them alone', async () => {
  await field('person', { key: 'limit', type: 'number', label: label('Limit'), rights: ofAdministrators })
  const { id } = (await okno.call('POST', '/people', { name: 'Limited' })).body
  const draft = { ids: [id], field: 'custom.limit', op: 'set', value: 777 }
  const edit = (await okno.call('POST', '/objects/person/bulk-edits', draft)).body
  const ended = await eventually(async () => {
    const { body } = await okno.call('GET', `/bulk-edits/${edit.id}`)
    return ['running', 'undoing'].includes(body.state) ? null : body
  })
  expect(ended).toMatchObject({ value: 777, changed: 1, can: { undo: true } })

  const seen = (await supervisor.call('GET', `/bulk-edits/${edit.id}`)).body
  expect(seen).toMatchObject({ value: null, can: { undo: false, stop: false } })
  expect(await supervisor.call('POST', `/bulk-edits/${edit.id}/undo`)).toMatchObject({ status: 403 })
  expect((await okno.call('GET', `/people/${id}`)).body.custom.limit).toBe(777)

  // Rights were taken while it was being taken back.
  await okno.platform.transaction(okno.workspaceId, async (tx) => {
    await sql`update objects.bulk_edits set state = 'undoing', undone_by = ${supervisor.id} where id = ${edit.id}`.execute(
      tx.db,
    )
    enqueue(tx, bulkJob, { editId: edit.id })
  })
  const stopped = await eventually(async () => {
    const { body } = await okno.call('GET', `/bulk-edits/${edit.id}`)
    return body.state === 'undoing' ? null : body
  })
  expect(stopped).toMatchObject({ state: 'stopped', undone: 0, can: { undo: true } })
})

test('a record is not found by words of a field that some roles may not read', async () => {
  await okno.call('POST', '/objects', { key: 'file', label: { one: label('File'), many: label('Files') } })
  await field('custom.file', { key: 'secret', type: 'text', label: label('Secret'), rights: ofAdministrators })
  await field('custom.file', { key: 'open', type: 'text', label: label('Open') })
  await okno.call('POST', '/objects/custom.file/records', { name: 'One', custom: { secret: 'zebra', open: 'giraffe' } })
  const found = async (q: string) =>
    (await operator.call('GET', `/objects/custom.file/rows?fields=name&q=${q}`)).body.items

  expect(await found('giraffe')).toHaveLength(1)
  expect(await found('zebra')).toEqual([])
})
