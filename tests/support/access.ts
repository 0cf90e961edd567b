import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Access, createAccess } from '#modules/access'
import { readConfig } from '#platform/server/config'
import { openPlatform, type Platform } from '#platform/server/platform'
import { newId } from '#platform/shared/ids'
import { freshDatabase, type TestDatabase } from './database.ts'

export interface Person {
  email: string
  password: string
}

/** What came back. Tests look into answers freely. */
export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  body: any
  /** Cookies that were set, in the form in which a browser sends them back. */
  cookie: string
  headers: Headers
}

/** This module alone, listening, on a database of its own with one workspace. */
export interface TestAccess {
  platform: Platform
  access: Access
  url: string
  database: TestDatabase
  workspaceId: string
  adminId: string
  admin: Person
  /** As a browser, unless a key is given. */
  call(method: string, address: string, options?: CallOptions): Promise<Answer>
  signIn(person: Person, headers?: Record<string, string>): Promise<Answer>
  /** An operator of the first workspace, signed in. */
  member(role: 'operator' | 'supervisor' | 'administrator'): Promise<Person & { id: string; cookie: string }>
  /** Another company on the same server, with its administrator signed in and one team. */
  otherCompany(): Promise<{ workspaceId: string; adminId: string; teamId: string; cookie: string }>
  /** Rows, seen by the owner. */
  rows(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

interface CallOptions {
  body?: unknown
  cookie?: string
  key?: string
  headers?: Record<string, string>
}

export const API_KEY = 'fixed_key_of_the_first_administrator'

export async function openAccess(
  options: { env?: Record<string, string>; now?: () => Date; database?: TestDatabase } = {},
): Promise<TestAccess> {
  const database = options.database ?? (await freshDatabase())
  const dataDir = await mkdtemp(path.join(tmpdir(), 'okno-access-'))
  const admin = { email: 'admin@okno.test', password: 'administrator-1' }
  const config = readConfig({
    PORT: '0',
    OKNO_DATA_DIR: dataDir,
    OKNO_PUBLIC_URL: 'http://localhost',
    OKNO_API_KEY: API_KEY,
    OKNO_SECRET_KEY: '07'.repeat(32),
    OKNO_LOG_LEVEL: 'warn',
    ...options.env,
  })
  const platform = openPlatform(config, database.url, options.now ? { now: options.now } : {})
  const access = createAccess(platform)
  access.routes(platform.http)
  await platform.bus.start()
  const first = await access.ensureWorkspace({ name: 'Северный дом', admin })
  await access.start()
  await platform.jobs.start({ concurrency: 2 })
  await platform.live.start()
  const url = await platform.http.listen({ port: 0, host: '127.0.0.1' })

  const call: TestAccess['call'] = async (method, address, { body, cookie, key, headers } = {}) => {
    const response = await fetch(`${url}${address}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookie ? { cookie } : {}),
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      body: text === '' ? undefined : JSON.parse(text),
      cookie: response.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; '),
      headers: response.headers,
    }
  }
  const signIn: TestAccess['signIn'] = ({ email, password }, headers = {}) =>
    call('POST', '/api/auth/sign-in/email', { body: { email, password }, headers })

  let count = 0
  const person = (): Person => ({ email: `person${++count}@okno.test`, password: `password-${count}` })
  const adminActor = () => platform.transaction(first.workspaceId, (tx) => access.actorOf(tx, first.operatorId))

  return {
    platform,
    access,
    url,
    database,
    workspaceId: first.workspaceId,
    adminId: first.operatorId,
    admin,
    call,
    signIn,
    member: async (role) => {
      const who = person()
      const draft = { ...who, name: `Иванов ${count}`, role, capacity: 8, teamIds: [] }
      const { id } = await access.createOperator(await adminActor(), draft)
      return { ...who, id, cookie: (await signIn(who)).cookie }
    },
    otherCompany: async () => {
      const who = person()
      const workspaceId = newId()
      await platform.database.pool.query('insert into platform.workspaces (id, name) values ($1, $2)', [
        workspaceId,
        'Южный дом',
      ])
      const owner = { ...(await adminActor()), workspaceId }
      const draft = { ...who, name: 'Петрова', role: 'administrator' as const, capacity: 8, teamIds: [] }
      const { id: adminId } = await access.createOperator(owner, draft)
      const { cookie } = await signIn(who)
      const { body } = await call('POST', '/api/v1/teams', { cookie, body: { name: 'Продажи' } })
      return { workspaceId, adminId, teamId: body.id, cookie }
    },
    rows: async (text, values) => (await platform.database.pool.query(text, values)).rows,
    close: async () => {
      await platform.live.stop()
      await platform.http.close()
      await access.stop()
      await platform.jobs.stop()
      await platform.bus.stop()
      await platform.database.close()
      if (!options.database) await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
