import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { freePort } from '#platform/server/free-port'
import { startEmbeddedPostgres } from '../../platform/server/embedded-postgres.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
export const API_KEY = 'okno_bench_key_of_the_first_administrator'

/** Okno as it is installed: server in a process of its own, PostgreSQL with full durability, everything on this machine. */
export interface BenchOkno {
  readonly url: string
  readonly databaseUrl: string
  /** The same database as superuser, past row-level security. */
  readonly adminUrl: string
  /** Resident memory of the server, without the database, bytes. */
  memory(): Promise<number>
  /** Stops the server and starts it on the same data. Milliseconds from starting the process to `/readyz`. */
  restart(): Promise<number>
  /** Milliseconds from starting the process on an empty database to `/readyz`. */
  readonly startMs: number
  call<Body>(method: string, address: string, body?: unknown): Promise<Body>
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
  stop(): Promise<void>
}

/** An empty data folder. PostgreSQL may pass when root starts it; where it cannot, its database would lie elsewhere and stay. */
async function makeDataFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'okno-bench-'))
  await chmod(folder, 0o711)
  return folder
}

/** Starts Okno on free ports: empty, or on a data folder that stays when it stops. */
export async function startOkno(env: Record<string, string> = {}, kept?: string): Promise<BenchOkno> {
  const dataDir = kept ?? (await makeDataFolder())
  const postgres = await startEmbeddedPostgres({ dataDir })
  const adminUrl = postgres.adminUrl.replace(/\/[^/]*$/, '/okno')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const startServer = () =>
    startProcess('app/server/main.ts', `${url}/readyz`, {
      PORT: String(port),
      OKNO_DATA_DIR: dataDir,
      DATABASE_URL: postgres.url,
      OKNO_SMTP_PORT: 'off',
      OKNO_DEMO: '0',
      OKNO_API_KEY: API_KEY,
      OKNO_LOG_LEVEL: 'warn',
      ...env,
    })
  let server = await startServer()
  const { startMs } = server
  const admin = new pg.Pool({ connectionString: adminUrl, max: 2 })
  return {
    url,
    databaseUrl: postgres.url,
    adminUrl,
    startMs,
    memory: () => server.memory(),
    restart: async () => {
      await server.stop()
      server = await startServer()
      return server.startMs
    },
    call: async (method, address, body) => {
      const response = await fetch(`${url}/api/v1${address}`, {
        method,
        headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${await response.text()}`)
      // The caller names the shape that the API's description promises.
      return (await response.json()) as never
    },
    query: async (text, values) => (await admin.query(text, values)).rows,
    stop: async () => {
      await admin.end()
      await server.stop()
      await postgres.stop()
      if (!kept) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** A server in a process of its own. */
export interface ServerProcess {
  /** Milliseconds from starting the process until it answered. */
  readonly startMs: number
  /** Resident memory, bytes. */
  memory(): Promise<number>
  stop(): Promise<void>
}

/** Starts a script of this repository that serves at `address`; resolves with its first good answer. */
export async function startProcess(
  script: string,
  address: string,
  env: Record<string, string>,
): Promise<ServerProcess> {
  const began = performance.now()
  const server = spawn(process.execPath, [script], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...env },
  })
  await untilReady(address, server)
  return {
    startMs: performance.now() - began,
    memory: () => residentBytes(server),
    stop: async () => {
      const ended = once(server, 'exit')
      server.kill('SIGTERM')
      await ended
    },
  }
}

async function untilReady(address: string, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error('The server ended while starting.')
    const isReady = await fetch(address).then(
      (response) => response.ok,
      () => false,
    )
    if (isReady) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

async function residentBytes(server: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024
}
