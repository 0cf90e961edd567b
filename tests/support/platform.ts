import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type OknoServer, startServer } from '../../app/server/server.ts'
import { type Config, readConfig } from '../../platform/server/config.ts'
import type { Actor } from '../../platform/shared/actor.ts'
import { freshDatabase, type TestDatabase } from './database.ts'

export { eventually } from './eventually.ts'

/** A whole running Okno on a database of its own, with one workspace and its administrator. */
export interface TestOkno extends OknoServer {
  readonly url: string
  readonly database: TestDatabase
  readonly workspaceId: string
  readonly admin: Actor
  /** Calls the API as the administrator; `path` begins with a slash and stands under /api/v1. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
    // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  ): Promise<{ status: number; body: any }>
  /** Another process on the same database and data folder. */
  another(env?: Record<string, string>): Promise<OknoServer>
  close(): Promise<void>
}

export const ADMIN = { email: 'admin@okno.test', password: 'test-password-1' }
export const API_KEY = 'okno_test_key_of_the_first_administrator'

/** Starts Okno with roles web and worker on a free port; without mail server unless `env` asks for one (`OKNO_SMTP_PORT: '0'`). */
export async function testPlatform(
  options: { env?: Record<string, string>; now?: () => Date } = {},
): Promise<TestOkno> {
  const database = await freshDatabase()
  const dataDir = await mkdtemp(path.join(tmpdir(), 'okno-test-'))
  const configFor = (env: Record<string, string> = {}): Config =>
    readConfig({
      PORT: '0',
      OKNO_DATA_DIR: dataDir,
      OKNO_PUBLIC_URL: 'http://localhost',
      OKNO_SMTP_PORT: 'off',
      OKNO_ADMIN_EMAIL: ADMIN.email,
      OKNO_ADMIN_PASSWORD: ADMIN.password,
      OKNO_API_KEY: API_KEY,
      OKNO_DEMO: '0',
      OKNO_SECRET_KEY: '07'.repeat(32),
      OKNO_LOG_LEVEL: 'warn',
      ...options.env,
      ...env,
    })
  const start = (config: Config, prepare?: Parameters<typeof startServer>[2]) =>
    startServer(config, database.url, { ...(options.now ? { now: options.now } : {}), ...prepare })

  let workspaceId = ''
  let operatorId = ''
  const config = configFor()
  const okno = await start(config, {
    prepare: async ({ access }) => {
      const first = await access.ensureWorkspace({ name: 'Северный дом', admin: config.admin })
      workspaceId = first.workspaceId
      operatorId = first.operatorId
    },
  })
  const url = okno.url
  if (!url) throw new Error('The test server does not listen.')
  const admin: Actor = await okno.platform.transaction(workspaceId, (tx) => okno.modules.access.actorOf(tx, operatorId))
  const others: OknoServer[] = []

  return {
    ...okno,
    url,
    database,
    workspaceId,
    admin,
    call: async (method, address, body, headers = {}) => {
      const response = await fetch(`${url}/api/v1${address}`, {
        method,
        headers: {
          authorization: `Bearer ${API_KEY}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
    },
    another: async (env) => {
      const other = await start(configFor(env))
      others.push(other)
      return other
    },
    close: async () => {
      for (const other of others) await other.stop()
      await okno.stop()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
