import { createWriteStream } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newId } from '#platform/shared/ids'
import type { Field } from '#platform/shared/objects/object'
import { anOperator, type Colleague } from '../../../../tests/support/inbox.ts'
import { API_KEY, eventually, type TestOkno, testPlatform } from '../../../../tests/support/platform.ts'
import { cellOf } from './cell-text.ts'
import { createExportStore, type ExportStore } from './export-store.ts'
import { findExport, insertExport } from './exports.queries.ts'
import { LAST_ATTEMPT, type MakeContent, makeExport } from './make-export.ts'
import { removeOrphans } from './remove-orphans.ts'

let okno: TestOkno
let colleague: Colleague
let now = new Date('2026-11-20T10:00:00Z')
const label = (text: string) => ({ en: text, ru: text })

beforeAll(async () => {
  okno = await testPlatform({ now: () => now })
  colleague = await anOperator(okno, { role: 'supervisor' })
  await okno.call('POST', '/objects/person/fields', {
    key: 'secret',
    type: 'text',
    label: label('Секрет'),
    rights: { read: 'administrator', edit: 'administrator' },
  })
  const people = [
    { name: '=HYPERLINK("https://evil.test")', phones: ['+79123456789'], city: 'Тверь', custom: { secret: 'тайна' } },
    { name: 'Мария; Соколова', emails: ['maria@example.test'], phones: ['+79120000001'], city: 'Омск' },
    { name: 'Пётр Лавров', city: 'Тверь' },
  ]
  for (const draft of people) expect((await okno.call('POST', '/people', draft)).status).toBe(201)
  const restricted = await okno.call('POST', '/people', { name: 'Ограниченный', city: 'Тверь' })
  await okno.call('PUT', `/people/${restricted.body.id}/restriction`, { reason: '' })
})
afterAll(() => okno.close())

async function fileOf(order: object): Promise<{ id: string; bytes: Buffer; headers: Headers }> {
  const ordered = await okno.call('POST', '/exports', { object: 'person', sort: 'createdAt', ...order })
  expect(ordered.status, JSON.stringify(ordered.body)).toBe(201)
  const { id } = ordered.body
  await eventually(async () => {
    const { state } = (await okno.call('GET', `/exports/${id}`)).body
    expect(state).not.toBe('failed')
    return state === 'done'
  })
  const response = await fetch(`${okno.url}/api/v1/exports/${id}/file`, {
    headers: { authorization: `Bearer ${API_KEY}` },
  })
  expect(response.status).toBe(200)
  return { id, bytes: Buffer.from(await response.arrayBuffer()), headers: response.headers }
}

const inTver = JSON.stringify({ field: 'city', op: 'eq', value: 'Тверь' })

test('a list goes out as CSV with its columns, condition and order, formulas disarmed, phones usable', async () => {
  const { bytes, headers } = await fileOf({
    format: 'csv',
    fields: ['name', 'phones', 'stage', 'city'],
    delimiter: ';',
  })

  expect(bytes.toString()).toBe(
    [
      '\uFEFFИмя;Телефон;Стадия;Город',
      `"'=HYPERLINK(""https://evil.test"")";+79123456789;Лид;Тверь`,
      '"Мария; Соколова";+79120000001;Лид;Омск',
      'Пётр Лавров;;Лид;Тверь',
      '',
    ].join('\r\n'),
  )
  expect(headers.get('content-disposition')).toContain(encodeURIComponent('Контакты 2026-11-20.csv'))
  const narrowed = await fileOf({ format: 'csv', fields: ['name'], filter: inTver, sort: '-createdAt', locale: 'en' })
  expect(narrowed.bytes.toString().split('\r\n').slice(0, 2)).toEqual(['\uFEFFName', 'Пётр Лавров'])
})

test('restricted people are in it only when asked for', async () => {
  const usual = await fileOf({ format: 'jsonl', fields: ['name'], filter: inTver })
  const all = await fileOf({ format: 'jsonl', fields: ['name'], filter: inTver, withRestricted: true })

  expect(usual.bytes.toString()).not.toContain('Ограниченный')
  expect(all.bytes.toString()).toContain('Ограниченный')
})

test('a workbook holds every value as what it is', async () => {
  const { bytes } = await fileOf({ format: 'xlsx', fields: ['name', 'phones'] })
  expect(bytes.subarray(0, 2).toString()).toBe('PK')
  expect(bytes.includes('xl/worksheets/sheet1.xml')).toBe(true)
})

test('people go out as contacts', async () => {
  const { bytes } = await fileOf({ format: 'vcard', fields: ['name'] })
  const text = bytes.toString()
  expect(text.match(/BEGIN:VCARD/g)).toHaveLength(3)
  expect(text).toContain('FN:Мария\\; Соколова')
  expect(text).toContain('TEL;VALUE=uri:tel:+79120000001')
})

test('a field that the reader may not read cannot be exported', async () => {
  const order = { object: 'person', format: 'csv', fields: ['name', 'custom.secret'] }
  const refused = await colleague.call('POST', '/exports', order)
  const { bytes } = await fileOf({ format: 'csv', fields: ['custom.secret'], filter: inTver })

  expect(refused.body.code).toBe('objects.column_unknown')
  expect(bytes.toString()).toContain('тайна')
})

test("a file is its maker's alone, and ends", async () => {
  const { id } = await fileOf({ format: 'csv', fields: ['name'] })
  const stranger = await colleague.call('GET', `/exports/${id}`)
  now = new Date('2026-11-21T10:00:01Z')
  const late = await okno.call('GET', `/exports/${id}`)
  now = new Date('2026-11-20T10:00:00Z')

  expect(stranger.status).toBe(404)
  expect(late.status).toBe(404)
})

test('everything about one person comes as a page, JSON and files', async () => {
  const { body } = await okno.call('GET', '/people?q=Соколова')
  const ordered = await okno.call('POST', `/people/${body.items[0].id}/export`)
  expect(ordered.status).toBe(201)
  await eventually(async () => (await okno.call('GET', `/exports/${ordered.body.id}`)).body.state === 'done')
  const response = await fetch(`${okno.url}/api/v1/exports/${ordered.body.id}/file`, {
    headers: { authorization: `Bearer ${API_KEY}` },
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(bytes.includes('index.html')).toBe(true)
  expect(bytes.includes('person.json')).toBe(true)

  const { items } = (await okno.call('GET', '/audit?limit=100')).body
  expect(items.some(({ action }: { action: string }) => action === 'exchange.person_exported')).toBe(true)
})

/** An order that only the test makes. */
async function anOrder(): Promise<string> {
  const at = new Date()
  const order = {
    id: newId(),
    kind: 'list',
    order: {},
    name: 'x.csv',
    operatorId: okno.admin.operatorId ?? '',
    at,
    endsAt: at,
  } as const
  await okno.platform.transaction(okno.workspaceId, (tx) => insertExport(tx, order))
  return order.id
}
const asStored = (id: string) => okno.platform.transaction(okno.workspaceId, (tx) => findExport(tx, id))
const make = (store: ExportStore, content: MakeContent) =>
  makeExport(okno.platform, { store, actorOf: async () => okno.admin, contentOf: { list: content, person: content } })

test('a disk that fills while rows are still being read ends the export, not the process', async () => {
  const id = await anOrder()
  const real = createExportStore(okno.platform.config.dataDir)
  const store = { ...real, create: async () => createWriteStream('/dev/full') }
  const slow: MakeContent = async function* () {
    yield 'a'
    // The write fails meanwhile, while nobody waits for the file.
    await eventually(async () => (await okno.call('GET', '/me')).status === 200)
    yield 'b'
  }
  await make(store, slow)(id, { workspaceId: okno.workspaceId, attempt: 1, signal: undefined })
  expect(await asStored(id)).toMatchObject({ state: 'failed', problem: 'exchange.disk_full' })
})

test('an export that ended its process each time is told as failed, not tried for ever', async () => {
  const id = await anOrder()
  const store = createExportStore(okno.platform.config.dataDir)
  const tried = vi.fn<MakeContent>()
  await make(store, tried)(id, { workspaceId: okno.workspaceId, attempt: LAST_ATTEMPT, signal: undefined })
  expect(tried).not.toHaveBeenCalled()
  expect(await asStored(id)).toMatchObject({ state: 'failed', problem: 'exchange.export_failed' })
})

test('a file whose order is gone does not stay, whoever should have removed it', async () => {
  const { id } = await fileOf({ format: 'csv', fields: ['name'] })
  const store = createExportStore(okno.platform.config.dataDir)
  const orphan = { workspaceId: okno.workspaceId, id: newId() }
  const file = await store.create(orphan.workspaceId, orphan.id)
  await new Promise((done) => file.end('everybody', () => done(undefined)))

  await removeOrphans(okno.platform.database, store)
  const left = (await store.list()).map((one) => one.id)
  expect(left).toContain(id)
  expect(left).not.toContain(orphan.id)
})

test('moments of a long list cost no memory that stays', () => {
  const field = { key: 'createdAt', type: 'datetime', label: label('Создана') } as Field
  const words = { locale: 'ru', timeZone: 'Asia/Omsk' } as const
  const before = process.memoryUsage().rss
  for (let second = 0; second < 10_000; second++) cellOf(new Date(second * 1000).toISOString(), field, {}, words)

  expect(cellOf('2026-11-22T18:05:00.000Z', field, {}, words)).toBe('2026-11-23 00:05')
  // A formatter for each took 270 MB.
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
})

test('references go out with their names, also several of one field', async () => {
  const { body: person } = await okno.call('POST', '/people', { name: 'Совместитель', city: 'Пермь' })
  const names = ['ООО «Дуб»', 'ООО «Вяз»']
  for (const name of names) {
    const { body: company } = await okno.call('POST', '/companies', { name })
    await okno.call('PUT', `/people/${person.id}/companies/${company.id}`, {})
  }
  const filter = JSON.stringify({ field: 'city', op: 'eq', value: 'Пермь' })
  const lines = await fileOf({ format: 'jsonl', fields: ['companies'], filter })
  const told = JSON.parse(lines.bytes.toString())
  expect(told.companies).toHaveLength(2)
  expect(told['companies.name'].toSorted()).toEqual(names.toSorted())
  const table = await fileOf({ format: 'csv', fields: ['companies'], filter })
  for (const name of names) expect(table.bytes.toString()).toContain(name)
})

test('a searched list goes out whole, narrowed or not, and goes on behind each of its pages', async () => {
  const many = 1203
  await okno.platform.transaction(okno.workspaceId, async (tx) => {
    const given = sql`select generate_series(1, ${many}) as i, gen_random_uuid() as id`
    // One moment for all, as an import writes them.
    await sql`with given as materialized (${given}), people as (
        insert into customers.people (workspace_id, id, name, city, origin, created_at, updated_at)
        select ${tx.workspaceId}, id, 'Несчётный ' || i, case when i % 2 = 0 then 'Чита' else 'Тула' end, 'import', now(), now() from given)
      insert into platform.search_documents (workspace_id, object, id, title, body, facts, at)
        select ${tx.workspaceId}, 'person', id, 'Несчётный ' || i, '', '{}', now() from given`.execute(tx.db)
  })
  const linesOf = async (order: object) =>
    (await fileOf({ format: 'jsonl', fields: ['name'], q: 'Несчётный', ...order })).bytes.toString().trim().split('\n')
  const inChita = JSON.stringify({ field: 'city', op: 'eq', value: 'Чита' })

  expect(new Set(await linesOf({})).size).toBe(many)
  expect(await linesOf({ filter: inChita })).toHaveLength((many - 1) / 2)
  const page = `/objects/person/rows?fields=name&q=${encodeURIComponent('Несчётный')}&limit=200`
  const shown = new Set<string>()
  for (let cursor = ''; cursor !== 'end'; ) {
    const { body } = await okno.call('GET', `${page}&cursor=${cursor}`)
    for (const { id } of body.items) shown.add(id)
    cursor = body.nextCursor ?? 'end'
  }
  expect(shown.size).toBe(many)
  const sorted = await okno.call('GET', '/objects/person/rows?fields=name&limit=1')
  const wrong = await okno.call('GET', `${page}&cursor=${sorted.body.nextCursor}`)
  expect(wrong.body.code).toBe('request.cursor')
})
