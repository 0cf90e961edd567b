import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '#platform/server/config'
import { openPlatform, type Platform } from '#platform/server/platform'
import { freshDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { firstStart } from './first-start.ts'
import { createModules, type Modules } from './modules.ts'

let database: TestDatabase
let dataDir: string
let processes: Platform[]

beforeEach(async () => {
  database = await freshDatabase()
  dataDir = await mkdtemp(path.join(tmpdir(), 'okno-first-start-'))
  processes = []
})
afterEach(async () => {
  for (const platform of processes) await platform.close()
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

const DIED = new Error('The process was killed here.')

/** One start of Okno as far as its first steps; it may die where a module is asked for something. */
function start(env: Record<string, string> = {}, dieIn: (modules: Modules) => Modules = (modules) => modules) {
  const platform = openPlatform(
    readConfig({ OKNO_DATA_DIR: dataDir, OKNO_SMTP_PORT: 'off', OKNO_LOG_LEVEL: 'silent', ...env }),
    database.url,
  )
  processes.push(platform)
  return firstStart(dieIn(createModules(platform)), platform)
}

const passwords = () => readFile(path.join(dataDir, 'first-password.txt'), 'utf8')
const count = async (table: string) => {
  const { rows } = await (processes[0] as Platform).database.pool.query(`select count(*)::int as n from ${table}`)
  return rows[0].n as number
}

test('the made-up password is kept before the administrator counts', async () => {
  const dying = start({ OKNO_DEMO: '0' }, (modules) => ({
    ...modules,
    access: {
      ...modules.access,
      ensureWorkspace: (first) =>
        modules.access.ensureWorkspace({
          ...first,
          beforeCommit: async (made) => {
            await first.beforeCommit?.(made)
            throw DIED
          },
        }),
    },
  }))
  await expect(dying).rejects.toBe(DIED)
  expect(await passwords()).toMatch(/^admin@okno\.local {2}\S+\n$/)
  expect(await count('access.operators')).toBe(0)

  const [line] = await start({ OKNO_DEMO: '0' })

  const password = /with the password (\S+)$/.exec(line ?? '')?.[1]
  expect(await passwords()).toBe(`admin@okno.local  ${password}\n`)
  expect(await start({ OKNO_DEMO: '0' })).toEqual([
    expect.stringMatching(/^Sign in as before\. The first password is in/),
  ])
})

test('a demo that was cut off among its channels is completed by the next start, and by no third', async () => {
  let made = 0
  const dying = start({}, (modules) => ({
    ...modules,
    channels: {
      ...modules.channels,
      createAccount: async (actor, draft) => {
        if (++made > 2) throw DIED
        return modules.channels.createAccount(actor, draft)
      },
    },
  }))
  await expect(dying).rejects.toBe(DIED)
  expect(await count('inbox.conversations')).toBe(0)
  expect(await count('channels.accounts')).toBe(2)

  const lines = await start()

  expect(lines.join('\n')).toMatch(/A demo company was filled in/)
  const whole = { 'inbox.conversations': 58, 'channels.accounts': 5, 'access.operators': 7, 'access.teams': 3 }
  for (const [table, rows] of Object.entries(whole)) expect(await count(table), table).toBeGreaterThanOrEqual(rows)
  const kept = (await passwords()).trim().split('\n')
  expect(kept).toHaveLength(3)
  expect(kept[0]).toMatch(/^admin@okno\.local /)

  const before = await count('platform.events')
  expect(await start()).toEqual([expect.stringMatching(/^Sign in as before/)])
  expect(await count('platform.events')).toBe(before)
})

test('of two processes that find a demo cut off, one completes it', async () => {
  await expect(start({}, (modules) => ({ ...modules, access: brokenTeams(modules) }))).rejects.toBe(DIED)

  await Promise.all([start(), start()])

  expect(await count('access.teams')).toBe(3)
  expect(await count('channels.accounts')).toBe(5)
})

test('a company that began without the demo never gets it later', async () => {
  await start({ OKNO_DEMO: '0' })

  expect(await start()).toEqual([expect.stringMatching(/^Sign in as before/)])
  expect(existsSync(path.join(dataDir, 'demo-unfinished'))).toBe(false)
  expect(await count('access.teams')).toBe(0)
})

const brokenTeams = ({ access }: Modules): Modules['access'] => ({
  ...access,
  createTeam: async () => {
    throw DIED
  },
})
