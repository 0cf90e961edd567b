import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestCustomers, testCustomers } from '../../../tests/support/customers.ts'

let okno: TestCustomers
beforeAll(async () => {
  okno = await testCustomers()
})
afterAll(() => okno.close())

const MANAGE = ['customers.read', 'customers.manage']
const blocks = [
  { id: 'timeline', isHidden: false },
  { id: 'fields', isHidden: true },
]
const put = (path: string, body: object, permissions = MANAGE) =>
  okno.ours.call('PUT', `/card-layouts/${path.replace('/', '/readers/')}`, body, permissions)
const layouts = async (workspace = okno.ours) => (await workspace.call('GET', '/card-layouts')).body.items

test('a layout is kept for a role, changed, told to open cards, and given up', async () => {
  expect((await put('person/operator', { blocks })).status).toBe(200)
  await put('person/operator', { blocks: blocks.toReversed() })
  await put('company/everybody', { blocks })

  expect(await layouts()).toEqual([
    { object: 'company', reader: 'everybody', blocks },
    { object: 'person', reader: 'operator', blocks: blocks.toReversed() },
  ])
  expect(await layouts(okno.theirs)).toEqual([])
  const { rows } = await okno.platform.database.pool.query(
    `select count(*)::int as count from platform.events where name = 'customers.layout_changed' and workspace_id = $1`,
    [okno.ours.id],
  )
  expect(rows).toEqual([{ count: 3 }])
  await okno.ours.call('DELETE', '/card-layouts/company/readers/everybody', undefined, MANAGE)
  expect(await layouts()).toHaveLength(1)
})

test('only those who manage customers arrange cards, and only cards that there are', async () => {
  expect((await put('person/operator', { blocks }, ['customers.read', 'customers.edit'])).status).toBe(403)
  expect((await put('deal/operator', { blocks })).status).toBe(404)
  expect((await put('person/nobody', { blocks })).status).toBe(404)
  expect((await put('person/operator', { blocks: [...blocks, ...blocks] })).status).toBe(422)
})
