import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HealthPart, HealthReport } from '#platform/shared/health'
import { anOperator } from '../../tests/support/inbox.ts'
import { API_KEY, eventually, type TestOkno, testPlatform } from '../../tests/support/platform.ts'

let okno: TestOkno
let files: string
beforeAll(async () => {
  okno = await testPlatform()
  files = path.join(okno.platform.config.dataDir, 'files')
})
afterAll(() => okno.close())

const seen = new Map<string, HealthPart>()
async function report(): Promise<HealthReport> {
  const { status, body } = await okno.call('GET', '/health')
  expect(status).toBe(200)
  for (const part of (body as HealthReport).parts) seen.set(part.code, part)
  return body
}
const partOf = async (name: string) => (await report()).parts.find(({ part }) => part === name)

test('a sound Okno says of every part that it works', async () => {
  const { state, parts } = await report()

  expect(state).toBe('ok')
  expect(parts.map(({ part }) => part)).toEqual(
    expect.arrayContaining(['database', 'migrations', 'workers', 'jobs', 'clock', 'search', 'files', 'live', 'backup']),
  )
  expect(parts.find(({ part }) => part === 'database')?.params).toMatchObject({ version: expect.stringMatching(/^18/) })
})

test('an account that fails is named with its reason and what to do', async () => {
  const { id } = await okno.modules.channels.createAccount(okno.admin, { kind: 'api', name: 'Магазин', config: {} })
  // Its first check must not come after what is written here.
  await eventually(async () => (await okno.call('GET', `/accounts/${id}`)).body.health !== 'new')
  await okno.platform.database.pool.query(
    `update channels.accounts set health = 'failing', health_reason = 'ECONNREFUSED', health_at = now() where id = $1`,
    [id],
  )
  const { state, parts } = await report()

  expect(state).toBe('failing')
  expect(parts.find(({ name }) => name === 'Магазин')).toMatchObject({
    state: 'failing',
    code: 'channels.account_failing',
    params: { reason: 'ECONNREFUSED' },
    detail: expect.stringContaining('settings, channels'),
  })
})

test('a file store that takes nothing is named', async () => {
  await rm(files, { recursive: true, force: true })
  await writeFile(files, 'a file where the folder should be')
  try {
    expect(await partOf('files')).toMatchObject({ state: 'failing', code: 'files_not_writable' })
  } finally {
    await rm(files)
    await mkdir(files)
  }
  expect(await partOf('files')).toMatchObject({ state: 'ok' })
})

test('when no worker lives, and when jobs wait, it is said', async () => {
  const { pool } = okno.platform.database
  await pool.query(`update graphile_worker._private_known_crontabs set last_execution = now() - interval '10 minutes'`)
  await pool.query(`select graphile_worker.add_job('nobody.does', '{}', run_at => now() - interval '5 minutes')`)

  expect(await partOf('workers')).toMatchObject({ state: 'failing', code: 'workers_none' })
  expect(await partOf('jobs')).toMatchObject({
    state: 'failing',
    code: 'jobs_waiting',
    params: { waiting: 1, job: 'nobody.does' },
  })
})

test('an old backup is told', async () => {
  const note = path.join(okno.platform.config.dataDir, 'last-backup.json')
  await writeFile(note, JSON.stringify({ at: new Date() }))
  expect(await partOf('backup')).toMatchObject({ state: 'ok', code: 'backup_ok' })
  await writeFile(note, JSON.stringify({ at: '2026-01-01T00:00:00Z' }))

  expect(await partOf('backup')).toMatchObject({ state: 'warning', code: 'backup_old' })
})

test('a process whose database is gone says so to the balancer, and lives on', async () => {
  const other = await okno.another({ OKNO_ROLES: 'web' })
  other.platform.database.pool.query = () => Promise.reject(new Error('Connection terminated'))

  const answer = await fetch(`${other.url}/readyz`)
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({
    status: 'not ready',
    parts: expect.arrayContaining([expect.objectContaining({ part: 'database', isHealthy: false })]),
  })
  expect((await fetch(`${other.url}/healthz`)).status).toBe(200)
})

test('administrators of this company only', async () => {
  const operator = await anOperator(okno)
  const ask = (url: string, headers: Record<string, string> = {}) => fetch(`${okno.url}${url}`, { headers })

  for (const url of ['/health', '/api/v1/health']) {
    expect((await ask(url)).status).toBe(401)
    expect((await ask(url, { cookie: await operator.cookie() })).status).toBe(403)
    expect((await ask(url, { authorization: `Bearer ${API_KEY}` })).status).toBe(200)
  }
})

test('every finding and every part has its words in both languages', async () => {
  for (const language of ['en', 'ru']) {
    const texts = async (file: string) =>
      JSON.parse(await readFile(`${file}/web/locales/${language}.json`, 'utf8')).health
    const own = await texts('platform')
    for (const { part, code } of seen.values()) {
      const of = (name: string) => name.split('.') as [string, string?]
      const [partModule, partName] = of(part)
      const [codeModule, codeName] = of(code)
      const parts = partName ? await texts(`modules/${partModule}`) : own
      const says = codeName ? await texts(`modules/${codeModule}`) : own
      expect(parts.parts[partName ?? partModule], `${language} ${part}`).toBeTruthy()
      expect(says.says[codeName ?? codeModule], `${language} ${code}`).toBeTruthy()
    }
  }
})
