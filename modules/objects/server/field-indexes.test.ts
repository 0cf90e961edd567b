import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compileCondition } from '#platform/server/objects/compile'
import { Order } from '#platform/server/objects/order'
import { systemActor } from '#platform/shared/actor'
import type { Condition } from '#platform/shared/objects/condition'
import { eventually } from '../../../tests/support/eventually.ts'
import { type TestOkno, testPlatform } from '../../../tests/support/platform.ts'

let okno: TestOkno
beforeAll(async () => {
  okno = await testPlatform()
})
afterAll(() => okno?.close())

const ROWS = 20_000
const label = (text: string) => ({ en: text, ru: text })
const indexes = async () => (await okno.call('GET', '/objects/person/indexes')).body
const stateOf = async (field: string) =>
  (await indexes()).items.find((one: { field: string }) => one.field === field)?.state

/** The plan by which a page of a list is read, as the list itself asks for it. */
async function planOfList(condition: Condition, field: string): Promise<string> {
  return okno.platform.transaction(okno.workspaceId, async (tx) => {
    const ask = await okno.modules.objects.questions(tx, systemActor(okno.workspaceId))
    const source = ask.catalogue.source('person')
    const row = sql.ref('r0')
    const order = new Order(source, [{ field, direction: 'desc' }], { row, clock: ask.asking })
    const where = compileCondition(ask.catalogue, 'person', condition, { row, asking: ask.asking })
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select ${row}.id from ${source.table} as ${row}
      where ${row}.workspace_id = ${tx.workspaceId}::uuid and ${where} and ${order.where('known', undefined)}
      order by ${order.by} limit 50`.execute(tx.db)
    return rows.map((line) => line['QUERY PLAN']).join('\n')
  })
}

test('an index asked for is built beside the traffic; lists are then found and sorted by it, until the field is archived', async () => {
  for (const [key, type] of [
    ['points', 'number'],
    ['contract', 'text'],
    ['tags', 'multi_choice'],
  ]) {
    const options = type === 'multi_choice' ? { options: [{ key: 'a', label: label('A') }] } : {}
    await okno.call('POST', '/objects/person/fields', { key, type, label: label(String(key)), ...options })
  }
  await okno.platform.database.pool.query(
    `insert into customers.people (workspace_id, name, custom) select $1, 'Строка ' || n,
      jsonb_build_object('points', n, 'contract', 'Д-' || n) from generate_series(1, ${ROWS}) n`,
    [okno.workspaceId],
  )
  await okno.platform.database.pool.query('analyze customers.people')
  // What was stored before, by whom ever, is of any length and form: it must not hold up the index, nor later writes.
  const long = { points: 'много', contract: 'я'.repeat(20_000) }
  await okno.platform.database.pool.query(
    `insert into customers.people (workspace_id, name, custom) values ($1, 'Длинный', $2)`,
    [okno.workspaceId, JSON.stringify(long)],
  )
  const many = { field: 'custom.points', op: 'gt', value: ROWS - 40 } as const
  const one = { field: 'custom.contract', op: 'eq', value: `д-${ROWS / 2}` } as const
  expect(await planOfList(many, 'custom.points')).not.toContain('field_')

  expect((await indexes()).possible).toEqual(['custom.points', 'custom.contract'])
  const asked = await okno.call('PUT', '/objects/person/fields/custom.points/index')
  expect([asked.status, asked.body.items[0].state]).toEqual([202, 'building'])
  await okno.call('PUT', '/objects/person/fields/custom.contract/index')
  expect((await okno.call('PUT', '/objects/person/fields/custom.tags/index')).body.code).toBe('objects.not_indexable')
  await eventually(async () => (await stateOf('custom.points')) === 'ready')
  await eventually(async () => (await stateOf('custom.contract')) === 'ready')

  expect(await planOfList(many, 'custom.points')).toMatch(/Index .*Scan.* using field_/)
  expect(await planOfList({ all: [] }, 'custom.points')).toMatch(/Index .*Scan Backward using field_/)
  expect(await planOfList(one, 'custom.contract')).toMatch(/Index .*Scan.* using field_[\s\S]*Index Cond: [\s\S]*д-/)
  const list = (filter: object) =>
    okno.call('GET', `/people?sort=-custom.points&filter=${encodeURIComponent(JSON.stringify(filter))}`)
  expect((await list(many)).body.items).toHaveLength(40)
  expect((await list(one)).body.items.map(({ name }: { name: string }) => name)).toEqual([`Строка ${ROWS / 2}`])
  const again = await okno.call('POST', '/people', { name: 'Позже', custom: { points: 1, contract: 'я'.repeat(500) } })
  expect(again.status).toBe(201)

  await okno.call('PATCH', '/objects/person/fields/custom.points', { isArchived: true })
  expect((await indexes()).items.map(({ field }: { field: string }) => field)).toEqual(['custom.contract'])
  await eventually(async () => {
    const { rows } = await okno.platform.database.pool.query(
      `select from pg_class where relname ~ '^field_[0-9a-f]{32}$'`,
    )
    return rows.length === 1
  })
})

test('an index that is lost is built again when a worker starts', async () => {
  const { id } = (await okno.platform.database.pool.query(`select id from objects.fields where key = 'contract'`))
    .rows[0]
  const name = `field_${id.replaceAll('-', '')}`
  await okno.platform.database.pool.query(`drop index customers.${name}`)

  await okno.modules.objects.start(new Set(['worker']))

  await eventually(async () => (await stateOf('custom.contract')) === 'ready')
  const { rows } = await okno.platform.database.pool.query(`select from pg_class where relname = '${name}'`)
  expect(rows).toHaveLength(1)
  expect((await okno.call('DELETE', '/objects/person/fields/custom.contract/index')).status).toBe(204)
  expect((await indexes()).used).toBe(0)
})
