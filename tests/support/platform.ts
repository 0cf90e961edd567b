import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type OknoServer, startServer } from '../../app/server/server.ts'
import { type Config, readConfig } from '../../platform/server/config.ts'
import type { Actor } from '../../platform/shared/actor.ts'
import { freshDatabase, type TestDatabase } from './database.ts'
import { type Nodes, prepareNodes } from './nodes.ts'

export { eventually } from './eventually.ts'

/** A whole running Okno on a database of its own, with one workspace and its administrator. */
export interface TestOkno extends OknoServer {
  readonly url: string
  readonly database: TestDatabase
  /** Undefined when this is one process alone. */
  readonly nodes: Nodes | undefined
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

/** `NODES=3`: whatever a test starts is three processes behind a balancer, with a pooler and Redis. */
const NODES = Number(process.env.NODES ?? 0)

/**
 * Starts Okno with roles web and worker on a free port; without mail server unless `env` asks for one (`OKNO_SMTP_PORT: '0'`). With
 * `nodes` there are so many processes behind a balancer: `url` is the balancer's, everything else that of the test's own process.
 */
export async function testPlatform(
  options: { env?: Record<string, string>; now?: () => Date; nodes?: number } = {},
): Promise<TestOkno> {
  const database = await freshDatabase()
  const dataDir = await mkdtemp(path.join(tmpdir(), 'okno-test-'))
  const count = options.nodes ?? NODES
  const nodes = count > 1 ? await nodesFor(count, database, options.env) : undefined
  const envFor = (env: Record<string, string> = {}) => ({
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
    ...nodes?.ownEnv,
    ...env,
  })
  const start = (config: Config, prepare?: Parameters<typeof startServer>[2]) =>
    startServer(config, config.databaseUrl ?? database.url, {
      ...(options.now ? { now: options.now } : {}),
      ...prepare,
    })

  let workspaceId = ''
  let operatorId = ''
  const config = readConfig(envFor())
  const okno = await start(config, {
    prepare: async ({ access }) => {
      const first = await access.ensureWorkspace({ name: 'Северный дом', admin: config.admin })
      workspaceId = first.workspaceId
      operatorId = first.operatorId
    },
  })
  await nodes?.startOthers(envFor())
  const url = nodes?.url ?? okno.url
  if (!url) throw new Error('The test server does not listen.')
  const admin: Actor = await okno.platform.transaction(workspaceId, (tx) => okno.modules.access.actorOf(tx, operatorId))
  const others: OknoServer[] = []

  return {
    ...okno,
    url,
    nodes,
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
      const other = await start(readConfig(envFor(nodes ? { PORT: '0', OKNO_SMTP_PORT: 'off', ...env } : env)))
      others.push(other)
      return other
    },
    close: async () => {
      for (const other of others) await other.stop()
      await okno.stop()
      await nodes?.close()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function nodesFor(count: number, { url }: TestDatabase, { PORT, OKNO_SMTP_PORT }: Record<string, string> = {}) {
  const smtpPort = OKNO_SMTP_PORT === undefined || OKNO_SMTP_PORT === 'off' ? undefined : Number(OKNO_SMTP_PORT)
  return await prepareNodes({ count, databaseUrl: url, port: Number(PORT ?? 0), smtpPort })
}
