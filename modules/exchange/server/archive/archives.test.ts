import { createWriteStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { createZstdDecompress } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { summary } from '../../../../app/server/workspace/archive.ts'
import { readTar } from '../../../../platform/server/tar.ts'
import { anOperator, type Colleague } from '../../../../tests/support/inbox.ts'
import { ADMIN, API_KEY, eventually, type TestOkno, testPlatform } from '../../../../tests/support/platform.ts'
import type { Archive } from '../../contract/archives.ts'
import { createExportStore } from '../export/export-store.ts'
import { failSilent } from './archives.queries.ts'
import { makeArchive, type WriteArchive } from './make-archive.ts'

const DAY_MS = 24 * 60 * 60 * 1000
let okno: TestOkno
let later = 0
let supervisor: Colleague

beforeAll(async () => {
  okno = await testPlatform({ now: () => new Date(Date.now() + later) })
  supervisor = await anOperator(okno, { role: 'supervisor' })
  for (const name of ['Анна Смирнова', 'Олег Котов'])
    expect((await okno.call('POST', '/people', { name })).status).toBe(201)
})
afterAll(() => okno.close())

const order = (password = ADMIN.password) => okno.call('POST', '/workspace-archives', { password })
const all = async (): Promise<Archive[]> => (await okno.call('GET', '/workspace-archives')).body.items
const read = async (id: string) => (await all()).find((one) => one.id === id)
const until = (id: string, state: Archive['state']) =>
  eventually(async () => {
    const found = await read(id)
    return found?.state === state ? found : null
  })
const take = (id: string, headers: Record<string, string> = { authorization: `Bearer ${API_KEY}` }) =>
  fetch(`${okno.url}/api/v1/workspace-archives/${id}/file`, { headers })
const filesLeft = () =>
  readdir(path.join(okno.platform.config.dataDir, 'exports', okno.workspaceId)).catch(() => [] as string[])
const sql = (text: string, values: unknown[] = []) => okno.platform.database.pool.query(text, values)

/** A row as an order leaves it, for work that the test itself does. */
async function aWaiting(): Promise<string> {
  const { rows } = await sql(
    `insert into exchange.archives (workspace_id, name, operator_id, created_at, heard_at, ends_at)
     values ($1, 'x.tar.zst', $2, now(), now(), now() + interval '1 day') returning id`,
    [okno.workspaceId, okno.admin.operatorId],
  )
  return rows[0].id
}

const store = () => createExportStore(okno.platform.config.dataDir)
const context = (attempt = 1, signal?: AbortSignal) => ({ workspaceId: okno.workspaceId, attempt, signal })
const some: WriteArchive = async function* ({ tell }) {
  yield Buffer.alloc(100_000)
  await tell({ done: 1, total: 2 })
  yield Buffer.from('end')
}

test('an administrator takes the whole workspace along, with everything in it, and the log says so', async () => {
  const ordered = await order()
  expect(ordered.status, JSON.stringify(ordered.body)).toBe(201)
  const done = await until(ordered.body.id, 'done')
  expect(done).toMatchObject({ operator: { id: okno.admin.operatorId }, takenAt: null, can: { take: true } })
  expect(done.done).toBe(done.total)

  const response = await take(done.id)
  expect(response.headers.get('content-length')).toBe(String(done.sizeBytes))
  expect(response.headers.get('cache-control')).toBe('no-store')
  let told: ReturnType<typeof summary.parse> | undefined
  const unpacked = Readable.from(response.body ?? []).pipe(createZstdDecompress())
  for await (const { name, content } of readTar(unpacked)) {
    if (name !== 'summary.json') continue
    told = summary.parse(JSON.parse(Buffer.concat(await Array.fromAsync(content)).toString()))
  }
  expect(told?.tables['customers.people']?.rows).toBe(2)

  const { items } = (await okno.call('GET', '/audit?limit=50')).body
  const actions = items.map(({ action }: { action: string }) => action)
  expect(actions).toEqual(expect.arrayContaining(['exchange.workspace_exported', 'exchange.workspace_export_taken']))
  expect((await read(done.id))?.takenAt).not.toBeNull()
})

test('it asks for the password again, and only so often', async () => {
  const before = (await all()).length
  const wrong = await order('not-the-password')
  expect(wrong.body).toMatchObject({ status: 403, code: 'access.invalid_password' })
  for (let tries = 0; tries < 9; tries++) await order('not-the-password')
  const right = await order()
  expect(right.body).toMatchObject({ status: 429, code: 'access.too_many_attempts' })
  expect(await all()).toHaveLength(before)
  later += 16 * 60 * 1000
})

test('nobody below an administrator sees it, and nobody but its maker takes the file', async () => {
  const { id } = (await order()).body
  await until(id, 'done')
  expect((await supervisor.call('GET', '/workspace-archives')).status).toBe(403)
  expect((await supervisor.call('POST', '/workspace-archives', { password: 'x' })).status).toBe(403)

  const other = await anOperator(okno, { role: 'administrator' })
  const seen = (await other.call('GET', '/workspace-archives')).body.items
  expect(seen[0]).toMatchObject({ id, can: { take: false, remove: true } })
  expect((await other.call('GET', `/workspace-archives/${id}/file`)).status).toBe(404)

  expect((await other.call('DELETE', `/workspace-archives/${id}`)).status).toBe(204)
  expect((await take(id)).status).toBe(404)
  expect(await filesLeft()).not.toContain(id)
})

test('two at once are not made', async () => {
  const id = await aWaiting()
  expect((await order()).body).toMatchObject({ status: 409, code: 'exchange.archive_under_way' })
  await okno.call('DELETE', `/workspace-archives/${id}`)
  const next = await order()
  expect(next.status).toBe(201)
  await until(next.body.id, 'done')
})

test('stopped in the middle it is made again from its beginning; taken back in the middle it leaves nothing', async () => {
  const id = await aWaiting()
  const stop = new AbortController()
  const halting: WriteArchive = async function* (of) {
    yield* some(of)
    stop.abort()
    yield Buffer.from('never')
  }
  const making = (write: WriteArchive) => makeArchive(okno.platform, { store: store(), write })
  await expect(making(halting)(id, context(1, stop.signal))).rejects.toThrow()
  expect(await filesLeft()).not.toContain(id)
  expect(await read(id)).toMatchObject({ state: 'running', done: 1, total: 2 })

  await making(some)(id, context(2))
  expect(await read(id)).toMatchObject({ state: 'done', problem: null })
  const bytes = await Array.fromAsync(store().read(okno.workspaceId, id).pipe(createZstdDecompress()))
  expect(Buffer.concat(bytes)).toHaveLength(100_003)

  const back = await aWaiting()
  const takenBack: WriteArchive = async function* (of) {
    await okno.call('DELETE', `/workspace-archives/${back}`)
    yield* some(of)
  }
  await making(takenBack)(back, context())
  expect(await read(back)).toMatchObject({ state: 'ended' })
  expect(await filesLeft()).not.toContain(back)
})

test('a full disk is told at once, another failure after the last try, a silent process by the clock', async () => {
  const full = { ...store(), create: async () => createWriteStream('/dev/full') }
  const onFull = await aWaiting()
  await makeArchive(okno.platform, { store: full, write: some })(onFull, context(1))
  expect(await read(onFull)).toMatchObject({ state: 'failed', problem: 'exchange.disk_full' })

  const broken = await aWaiting()
  const failing: WriteArchive = async function* () {
    yield Buffer.from('a')
    throw new Error('lost')
  }
  const make = makeArchive(okno.platform, { store: store(), write: failing })
  await expect(make(broken, context(1))).rejects.toThrow('lost')
  expect(await read(broken)).toMatchObject({ state: 'running' })
  await make(broken, context(3))
  expect(await read(broken)).toMatchObject({ state: 'failed', problem: 'exchange.archive_failed' })

  const silent = await aWaiting()
  await sql(`update exchange.archives set state = 'running', heard_at = now() - interval '16 minutes' where id = $1`, [
    silent,
  ])
  const at = new Date(Date.now() + later)
  const before = new Date(Date.now() - 15 * 60 * 1000)
  await okno.platform.database.system((tx) => failSilent(tx, { before, problem: 'exchange.archive_interrupted', at }))
  expect(await read(silent)).toMatchObject({ state: 'failed', problem: 'exchange.archive_interrupted' })
})

test('a file ends by its time, and with everybody else when a person is erased', async () => {
  const { id: old } = (await order()).body
  await until(old, 'done')
  later += 3 * DAY_MS + 1000
  expect((await take(old)).status).toBe(404)

  const { id } = (await order()).body
  await until(id, 'done')
  const person = await okno.call('POST', '/people', { name: 'Пётр Забытый' })
  await okno.call('POST', `/people/${person.body.id}/erasure`, { name: 'Пётр Забытый', ground: 'request' })
  expect((await take(id)).status).toBe(404)
  await eventually(async () => !(await filesLeft()).includes(id))
})
