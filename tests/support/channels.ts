import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Access, createAccess } from '#modules/access'
import {
  type ChangedDelivery,
  type Channels,
  createChannels,
  type Received,
  type ReceivedMessage,
} from '#modules/channels'
import type { Account } from '#modules/channels/contract'
import { readConfig } from '#platform/server/config'
import { openPlatform, type Platform } from '#platform/server/platform'
import { type Actor, systemActor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import { freshDatabase, type TestDatabase } from './database.ts'

export const API_KEY = 'fixed_key_of_the_first_administrator'

/** Access and channels, listening, on a database of their own; what an inbox would get is kept in lists. */
export interface TestChannels {
  readonly platform: Platform
  readonly access: Access
  readonly channels: Channels
  readonly url: string
  readonly database: TestDatabase
  readonly workspaceId: string
  readonly admin: Actor
  /** What was received and committed. */
  readonly received: Received[]
  /** Deliveries whose change was committed. */
  readonly changes: ChangedDelivery[]
  /** Throws when an arrival comes whose message has this text. */
  failOn: { text: string | null }
  messages(): ReceivedMessage[]
  /** Calls the server; API paths as the administrator unless `headers` have a cookie. */
  call(method: string, address: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  account(draft: Parameters<Channels['createAccount']>[1]): Promise<Account>
  /** Rows, seen by the owner. */
  rows(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  body: any
  headers: Headers
}

interface Options {
  readonly env?: Record<string, string>
  readonly now?: () => Date
  /** A second process on the database of a first. */
  readonly beside?: TestChannels
}

export async function openChannels(options: Options = {}): Promise<TestChannels> {
  const database = options.beside?.database ?? (await freshDatabase())
  const dataDir = await mkdtemp(path.join(tmpdir(), 'okno-channels-'))
  const config = readConfig({
    PORT: '0',
    OKNO_DATA_DIR: dataDir,
    OKNO_PUBLIC_URL: 'http://localhost',
    OKNO_SMTP_PORT: 'off',
    OKNO_API_KEY: API_KEY,
    OKNO_SECRET_KEY: '07'.repeat(32),
    OKNO_DEMO: '0',
    OKNO_LOG_LEVEL: 'fatal',
    ...options.env,
  })
  const platform = openPlatform(config, database.url, options.now ? { now: options.now } : {})
  const access = createAccess(platform)
  const channels = createChannels(platform, { access })
  const received: Received[] = []
  const changes: ChangedDelivery[] = []
  const failOn: { text: string | null } = { text: null }
  channels.setReceiver({
    receiveAll: async (tx, all) => {
      for (const one of all) {
        if (one.facts.some((fact) => fact.type === 'message' && fact.text === failOn.text)) throw new Error('A bug.')
      }
      tx.afterCommit(() => received.push(...all))
    },
    deliveriesChanged: async (tx, changed) => tx.afterCommit(() => changes.push(...changed)),
  })
  access.routes(platform.http)
  channels.routes(platform.http)
  await platform.bus.start()
  const first = await access.ensureWorkspace({
    name: 'Северный дом',
    admin: { email: 'admin@okno.test', password: 'administrator-1' },
  })
  await access.start()
  await channels.start(config.roles)
  await platform.jobs.start({ concurrency: 4 })
  await platform.live.start()
  const url = await platform.http.listen({ port: 0, host: '127.0.0.1' })
  const { workspaceId } = first
  const admin =
    options.beside?.admin ?? (await platform.transaction(workspaceId, (tx) => access.actorOf(tx, first.operatorId)))

  return {
    platform,
    access,
    channels,
    url,
    database,
    workspaceId,
    admin,
    received,
    changes,
    failOn,
    messages: () => received.flatMap(({ facts }) => facts).filter((fact) => fact.type === 'message'),
    call: async (method, address, body, headers) => {
      const isRaw = typeof body === 'string' || body instanceof FormData || body instanceof URLSearchParams
      const response = await fetch(`${url}${address}`, {
        method,
        redirect: 'manual',
        headers: {
          ...(address.startsWith('/api/') && !headers?.cookie ? { authorization: `Bearer ${API_KEY}` } : {}),
          ...(body === undefined || body instanceof FormData || body instanceof URLSearchParams
            ? {}
            : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { body: isRaw ? (body as string | FormData | URLSearchParams) : JSON.stringify(body) }),
      })
      const text = await response.text()
      const isJson = /json/.test(response.headers.get('content-type') ?? '')
      return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers }
    },
    account: (draft) => channels.createAccount(admin, draft),
    rows: async (text, values) => (await platform.database.pool.query(text, values)).rows,
    close: async () => {
      await platform.live.stop()
      await platform.http.close()
      await channels.stop()
      await access.stop()
      await platform.jobs.stop()
      await platform.bus.stop()
      await platform.database.close()
      if (!options.beside) await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Another company on the same server, acting by itself. */
export async function otherCompany({ platform }: TestChannels): Promise<Actor> {
  const workspaceId = newId()
  await platform.database.pool.query('insert into platform.workspaces (id, name) values ($1, $2)', [workspaceId, 'Юг'])
  return systemActor(workspaceId)
}

/** Waits until `look` gives something other than undefined, null or false. */
export async function eventually<Result>(
  look: () => Promise<Result> | Result,
  limitMs = 10_000,
): Promise<Exclude<Result, false | null | undefined>> {
  const end = Date.now() + limitMs
  for (;;) {
    const result = await look()
    // Falsy values are left out of the type, and here.
    if (result) return result as Exclude<Result, false | null | undefined>
    if (Date.now() > end) throw new Error(`It did not happen within ${limitMs} ms: ${look}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
