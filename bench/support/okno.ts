import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '../../platform/server/embedded-postgres.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
export const API_KEY = 'okno_bench_key_of_the_first_administrator'

/** Okno as it is installed: server in a process of its own, PostgreSQL with full durability, everything on this machine. */
export interface BenchOkno {
  readonly url: string
  readonly databaseUrl: string
  /** Resident memory of the server, without the database, bytes. */
  memory(): Promise<number>
  /** Milliseconds from starting the process to `/readyz`. */
  readonly startMs: number
  call<Body>(method: string, address: string, body?: unknown): Promise<Body>
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
  stop(): Promise<void>
}

/** Starts an empty Okno on free ports. */
export async function startOkno(env: Record<string, string> = {}): Promise<BenchOkno> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'okno-bench-'))
  const postgres = await startEmbeddedPostgres({ dataDir })
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const url = `http://127.0.0.1:${port}`
  const began = performance.now()
  const server = spawn(process.execPath, ['app/server/main.ts'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      OKNO_DATA_DIR: dataDir,
      DATABASE_URL: postgres.url,
      OKNO_SMTP_PORT: 'off',
      OKNO_DEMO: '0',
      OKNO_API_KEY: API_KEY,
      OKNO_LOG_LEVEL: 'warn',
      ...env,
    },
  })
  await untilReady(url, server)
  const startMs = performance.now() - began
  const admin = new pg.Pool({ connectionString: postgres.adminUrl.replace(/\/[^/]*$/, '/okno'), max: 2 })
  return {
    url,
    databaseUrl: postgres.url,
    startMs,
    memory: () => residentBytes(server),
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
      const ended = once(server, 'exit')
      server.kill('SIGTERM')
      await ended
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error('Okno ended while starting.')
    const isReady = await fetch(`${url}/readyz`).then(
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
