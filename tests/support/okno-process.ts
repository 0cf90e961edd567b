import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { freePort } from '#platform/server/free-port'
import { eventually } from './eventually.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** Address that sign-in trusts; nothing is asked there. */
export const PUBLIC_URL = 'http://okno.example'

/** Okno as it is installed: `app/server/main.ts` in a process of its own. */
export interface OknoProcess {
  readonly url: string
  /** What it has printed so far. */
  output(): string
  /** Asks it to end; resolves with its exit code. */
  stop(): Promise<number | null>
  /** Ends it where it stands. */
  kill(): Promise<void>
}

/**
 * Starts it on a free port and waits until it is ready, or only until it runs.
 *
 * @param options.root sources of another version
 */
export async function startOknoProcess(
  env: Record<string, string>,
  options: { root?: string; untilReady?: boolean } = {},
): Promise<OknoProcess> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, ['app/server/main.ts'], {
    cwd: options.root ?? ROOT,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      PORT: String(port),
      OKNO_PUBLIC_URL: PUBLIC_URL,
      OKNO_SMTP_PORT: 'off',
      OKNO_LOG_LEVEL: 'warn',
      ...env,
    },
  })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => said.push(text))
  const okno = {
    url,
    output: () => said.join(''),
    stop: () => end(child, 'SIGTERM'),
    kill: async () => void (await end(child, 'SIGKILL')),
  }
  if (options.untilReady ?? true) {
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error(`Okno ended while starting:\n${okno.output()}`)
      return fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      )
    }, 45_000)
  }
  return okno
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  return child.exitCode
}
