import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { freePort } from '#platform/server/free-port'
import { type Cluster, missingPrograms, type Node, startCluster } from './cluster.ts'
import { eventually } from './eventually.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const START_LIMIT_MS = 60_000

/** Several processes of Okno behind a balancer, with a pooler and Redis. The first is the test's own process. */
export interface Nodes {
  /** Differs from a process that stands alone: its ports, and how it reaches database and Redis. */
  readonly ownEnv: Readonly<Record<string, string>>
  /** The balancer. */
  readonly url: string
  /** Where each process answers by itself; the test's own one is the first. */
  readonly urls: readonly string[]
  readonly kill: Cluster['kill']
  /** Starts the others on the prepared database. */
  startOthers(env: Readonly<Record<string, string>>): Promise<void>
  close(): Promise<void>
}

/** True when several nodes can be run here. Says loudly what is not tested where they cannot. */
export function haveNodes(): boolean {
  const missing = missingPrograms()
  if (missing.length === 0) return true
  process.stderr.write(
    `\n*** NOT TESTED: several nodes behind a balancer with a pooler and Redis. Missing here: ${missing.join(', ')}. ***\n\n`,
  )
  return false
}

/** Prepares `count` nodes on a database. `port` and `smtpPort` are the balancer's; without them free ones are chosen, and no mail is taken. */
export async function prepareNodes(of: {
  count: number
  databaseUrl: string
  port?: number | undefined
  smtpPort?: number | undefined
}): Promise<Nodes> {
  const places: Node[] = []
  for (let n = 0; n < of.count; n++) places.push({ port: await freePort(), smtpPort: await freePort() })
  const port = of.port || (await freePort())
  const smtpPort = of.smtpPort || (await freePort())
  const cluster = await startCluster({ databaseUrl: of.databaseUrl, port, smtpPort, nodes: places })
  const envOf = (place: Node) => ({
    ...cluster.env,
    PORT: String(place.port),
    OKNO_SMTP_PORT: of.smtpPort === undefined ? 'off' : String(place.smtpPort),
  })
  const [own, ...others] = places
  if (!own) throw new Error('No nodes.')
  const children: ChildProcess[] = []
  const urls = places.map((place) => `http://127.0.0.1:${place.port}`)
  return {
    ownEnv: envOf(own),
    url: `http://127.0.0.1:${port}`,
    urls,
    kill: cluster.kill,
    startOthers: async (env) => {
      for (const place of others) {
        const options = { cwd: ROOT, env: { ...process.env, ...env, ...envOf(place) } }
        // The channel ends with us, and the process with the channel.
        children.push(
          spawn(process.execPath, ['app/server/main.ts'], {
            ...options,
            stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
          }),
        )
      }
      await Promise.all(
        [...urls, `http://127.0.0.1:${port}`].map((url) => eventually(() => isReady(url), START_LIMIT_MS)),
      )
    },
    close: async () => {
      await Promise.all(children.map(end))
      await cluster.close()
    },
  }
}

const isReady = (url: string) =>
  fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
