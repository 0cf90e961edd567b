import { createHmac, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { io, type Socket } from 'socket.io-client'
import { widgetScript } from '../../app/server/widget-script.ts'
import type { ChatAck, ChatEntry, ChatHello } from '../../modules/channels/contract/chat.ts'
import { acceptRaw } from '../../modules/channels/server/accept-raw.ts'
import { memoryIo } from '../../modules/channels/server/adapters/adapter-contract.ts'
import { createWebchat } from '../../modules/channels/server/adapters/webchat/index.ts'
import type { ChannelAccount } from '../../modules/channels/server/channel-adapter.ts'
import { type ChatGateway, createChatGateway } from '../../modules/channels/server/chat/chat-gateway.ts'
import { createChatProvider } from '../../modules/channels/server/chat/chat-provider.ts'
import { readConfig } from '../../platform/server/config.ts'
import { openPlatform, type Platform } from '../../platform/server/platform.ts'
import { freshDatabase } from './database.ts'

export const IDENTITY_SECRET = 'shared-with-the-shop-server'

export interface ChatProcess {
  readonly platform: Platform
  readonly gateway: ChatGateway
  readonly url: string
  /** The adapter's account, to answer visitors with. */
  readonly account: ChannelAccount
  close(): Promise<void>
}

export interface ChatServer extends ChatProcess {
  readonly workspaceId: string
  readonly accountId: string
  readonly key: string
  /** A second account, of another workspace. */
  readonly stranger: { workspaceId: string; accountId: string; key: string }
  /** Settings of the first account from now on, for visitors who come later; null = it is switched off. */
  configure(config: Record<string, unknown> | null): void
  /** Another process on the same database and files. */
  another(): Promise<ChatProcess>
  /** Stored arrivals of the first account, as the chat wrote them, in order. */
  arrivals(): Promise<{ key: string; body: Record<string, unknown> }[]>
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>
}

/** The site chat's server side on a database of its own, without the rest of the product. */
export async function startChatServer(): Promise<ChatServer> {
  const database = await freshDatabase()
  const dataDir = await mkdtemp(path.join(tmpdir(), 'okno-chat-'))
  const admin = new pg.Client(database.adminUrl)
  await admin.connect()
  const own = { workspaceId: randomUUID(), accountId: randomUUID(), key: `chat-${randomUUID()}` }
  const stranger = { workspaceId: randomUUID(), accountId: randomUUID(), key: `chat-${randomUUID()}` }
  for (const { workspaceId, accountId, key } of [own, stranger]) {
    await admin.query('insert into platform.workspaces (id, name) values ($1, $2)', [workspaceId, 'Shop'])
    await admin.query(
      `insert into channels.accounts (workspace_id, id, kind, name, key, config) values ($1, $2, 'webchat', 'Site', $3, '{}')`,
      [workspaceId, accountId, key],
    )
  }
  let config: Record<string, unknown> | null = { identitySecret: IDENTITY_SECRET }

  async function startProcess(): Promise<ChatProcess> {
    const platform = openPlatform(
      readConfig({
        PORT: '0',
        OKNO_DATA_DIR: dataDir,
        OKNO_PUBLIC_URL: 'http://okno.test',
        OKNO_SECRET_KEY: '07'.repeat(32),
        OKNO_LOG_LEVEL: 'error',
      }),
      database.url,
    )
    const provider = createChatProvider(platform)
    const gateway = createChatGateway(platform, {
      accept: acceptRaw(platform, () => undefined),
      findAccount: async (key) => {
        if (key === own.key) return config && { ...own, teamId: null, config }
        return key === stranger.key ? { ...stranger, teamId: null, config: {} } : null
      },
      presentOperators: async () => [{ name: 'Анна Белова', teamIds: [] }],
    })
    gateway.routes(platform.http)
    widgetScript(platform.http)
    await platform.bus.start()
    await platform.live.start()
    gateway.start()
    const url = await platform.http.listen({ port: 0, host: '127.0.0.1' })
    const memory = memoryIo()
    return {
      platform,
      gateway,
      url,
      account: createWebchat(provider).open({}, { ...memory, account: { ...memory.account, id: own.accountId } }),
      close: async () => {
        gateway.stop()
        await platform.live.stop()
        await platform.http.close()
        await platform.bus.stop()
        await platform.database.close()
      },
    }
  }

  const first = await startProcess()
  const others: ChatProcess[] = []
  return {
    ...first,
    ...own,
    stranger,
    configure: (next) => {
      config = next
    },
    another: async () => {
      const other = await startProcess()
      others.push(other)
      return other
    },
    arrivals: async () => {
      const { rows } = await admin.query<{ key: string; body: Buffer }>(
        'select key, body from channels.arrivals where account_id = $1 order by id',
        [own.accountId],
      )
      return rows.map(({ key, body }) => ({ key, body: JSON.parse(body.toString('utf8')) }))
    },
    query: async (sql, values) => (await admin.query(sql, values)).rows,
    close: async () => {
      for (const other of others) await other.close()
      await first.close()
      await admin.end()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** A visitor's browser as far as the server sees it. */
export interface TestVisitor {
  readonly socket: Socket
  readonly hello: ChatHello
  /** Entries that came after `hello`, in the order in which they came. */
  readonly entries: ChatEntry[]
  ask<Answer = object>(name: string, data?: unknown): Promise<ChatAck<Answer>>
  leave(): void
}

/** Connects as a visitor; resolves with the first word of the server, rejects with the code of its refusal. */
export function visit(
  url: string,
  auth: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<TestVisitor> {
  const socket = io(`${url}/visitors`, {
    auth,
    extraHeaders: headers,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  })
  const entries: ChatEntry[] = []
  socket.on('entry', (entry: ChatEntry) => entries.push(entry))
  return new Promise((resolve, reject) => {
    socket.once('connect_error', (error) => {
      socket.close()
      reject(error)
    })
    socket.once('hello', (hello: ChatHello) =>
      resolve({
        socket,
        hello,
        entries,
        ask: (name, data = {}) => socket.timeout(10_000).emitWithAck(name, data),
        leave: () => socket.close(),
      }),
    )
  })
}

/** What the host page's server makes: `data-identity` and `data-signature`. */
export function signedIdentity(claims: Record<string, unknown>, secret = IDENTITY_SECRET) {
  const identity = Buffer.from(JSON.stringify(claims)).toString('base64url')
  return { identity, signature: createHmac('sha256', secret).update(identity).digest('hex') }
}
