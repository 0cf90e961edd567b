import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Door } from './talk.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
export const API_KEY = 'okno_chaos_key_of_the_first_administrator'
/** A supervisor such as systemd starts a process that ended again after a moment. */
const RESTART_MS = 300
const STOP_LIMIT_MS = 15_000

/** One process of Okno under a supervisor: started as users start it, and started again whenever it ends. */
export class Server implements Door {
  readonly url: string
  readonly smtpPort: number
  readonly logFile: string
  /** Times it ended without being killed: it must wait for what it needs instead. */
  ownEnds = 0
  readonly #env: Record<string, string>
  #child: ChildProcess | undefined
  #isOver = false

  constructor(name: string, of: { dataDir: string; port: number; smtpPort: number; env: Record<string, string> }) {
    this.url = `http://127.0.0.1:${of.port}`
    this.smtpPort = of.smtpPort
    this.logFile = path.join(of.dataDir, `server-${name}.log`)
    this.#env = {
      PORT: String(of.port),
      OKNO_SMTP_PORT: String(of.smtpPort),
      OKNO_DATA_DIR: of.dataDir,
      OKNO_PUBLIC_URL: 'http://okno.example',
      OKNO_DEMO: '0',
      OKNO_API_KEY: API_KEY,
      OKNO_LOG_LEVEL: 'warn',
      ...of.env,
    }
  }

  start(): void {
    if (this.#isOver) return
    const log = openSync(this.logFile, 'a')
    // The channel ends with us, and the server with the channel.
    const child = spawn(process.execPath, ['app/server/main.ts'], {
      cwd: ROOT,
      stdio: ['ignore', log, log, 'ipc'],
      env: { ...process.env, ...this.#env },
    })
    closeSync(log)
    this.#child = child
    child.once('exit', (_code, signal) => {
      if (signal !== 'SIGKILL') this.ownEnds++
      if (!this.#isOver) setTimeout(() => this.start(), RESTART_MS)
    })
  }

  /** Ends it where it stands. The supervisor starts it again. */
  async kill(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }

  /** Stands still for so long, as a machine under memory pressure does: its lines stay open, its locks are held. */
  async freeze(ms: number): Promise<void> {
    const child = this.#child
    child?.kill('SIGSTOP')
    await delay(ms)
    child?.kill('SIGCONT')
  }

  /** Asks it to end and waits; milliseconds that it took. */
  async stop(): Promise<number> {
    this.#isOver = true
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return 0
    const began = performance.now()
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS)
    await ended
    clearTimeout(limit)
    return performance.now() - began
  }

  async untilReady(patienceMs: number): Promise<void> {
    const deadline = Date.now() + patienceMs
    for (;;) {
      const isReady = await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(5000) }).then(
        ({ ok }) => ok,
        () => false,
      )
      if (isReady) return
      if (Date.now() > deadline) throw new Error(`${this.url} did not become ready; see ${this.logFile}`)
      await delay(100)
    }
  }
}

/** A call to the public API. Undefined when no answer came, whatever the reason: the caller tries again. */
export async function call(
  door: Door,
  method: string,
  address: string,
  { body, headers }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<{ status: number; body: unknown } | undefined> {
  try {
    const response = await fetch(`${door.url}/api/v1${address}`, {
      method,
      headers: {
        authorization: `Bearer ${API_KEY}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : JSON.parse(text) }
  } catch {
    return undefined // the line broke, the server is away or was cut off in its answer
  }
}
