import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '#platform/server/free-port'

/** What stands around several servers of Okno, as real programs: a balancer, a pooler in transaction mode and Redis. */
export interface Cluster {
  /** For the servers: the database through the pooler and past it, and Redis. */
  readonly env: { readonly DATABASE_URL: string; readonly DATABASE_DIRECT_URL: string; readonly REDIS_URL: string }
  /** SIGKILL; each is started again a moment later, as a supervisor does. */
  readonly kill: { readonly pooler: () => Promise<void>; readonly redis: () => Promise<void> }
  close(): Promise<void>
}

/** Ports of one server behind the balancer. */
export interface Node {
  readonly port: number
  readonly smtpPort: number
}

const PROGRAMS = { haproxy: 'haproxy', pgbouncer: 'pgbouncer', 'redis-server': 'redis-server' } as const
const FOLDERS = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin']
const RESTART_MS = 300
const START_LIMIT_MS = 10_000

const findProgram = (name: string) => FOLDERS.map((folder) => path.join(folder, name)).find(existsSync)

/** Names of the programs that this machine lacks, as Debian's packages are named. Empty when a cluster can be started. */
export const missingPrograms = (): string[] => Object.keys(PROGRAMS).filter((name) => !findProgram(name))

/** Starts what stands around `nodes`: `port` and `smtpPort` are the balancer's. `databaseUrl` may name any database of that server. */
export async function startCluster(of: {
  databaseUrl: string
  port: number
  smtpPort: number
  nodes: readonly Node[]
}): Promise<Cluster> {
  const folder = await mkdtemp(path.join(tmpdir(), 'okno-cluster-'))
  // PgBouncer does not run as root.
  await chmod(folder, 0o755)
  const write = async (name: string, text: string) => {
    const file = path.join(folder, name)
    await writeFile(file, text)
    return file
  }
  const [poolerPort, redisPort] = [await freePort(), await freePort()]
  const asNobody = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  const poolerUrl = new URL(of.databaseUrl)
  poolerUrl.host = `127.0.0.1:${poolerPort}`
  const programs = [
    keep('pgbouncer', ['-q', ...asNobody, await write('pgbouncer.ini', poolerConfig(of.databaseUrl, poolerPort))]),
    keep('redis-server', ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--dir', folder]),
    keep('haproxy', ['-q', '-db', '-f', await write('haproxy.cfg', balancerConfig(of))]),
  ] as const
  const [pooler, redis] = programs
  await Promise.all([poolerPort, redisPort, of.port, of.smtpPort].map(untilOpen))
  return {
    env: {
      DATABASE_URL: poolerUrl.href,
      DATABASE_DIRECT_URL: of.databaseUrl,
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
    },
    kill: { pooler: pooler.kill, redis: redis.kill },
    close: async () => {
      await Promise.all(programs.map((program) => program.close()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Runs a program in the foreground and starts it again whenever it ends. */
function keep(name: keyof typeof PROGRAMS, args: readonly string[]) {
  const file = findProgram(name)
  if (!file) throw new Error(`${name} is not installed.`)
  let isOver = false
  let child = start()
  function start() {
    const started = spawn(file ?? name, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    started.once('exit', () => {
      if (!isOver) setTimeout(restart, RESTART_MS)
    })
    return started
  }
  const restart = () => {
    if (!isOver) child = start()
  }
  const end = () => void child.kill('SIGKILL')
  process.once('exit', end)
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    end()
    await ended
  }
  return {
    kill,
    close: async () => {
      isOver = true
      process.off('exit', end)
      await kill()
    },
  }
}

async function untilOpen(port: number): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS
  for (;;) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true))
      socket.once('error', () => resolve(false))
      socket.once('close', () => resolve(false))
      setTimeout(() => socket.destroy(), 200)
    })
    if (isOpen) return
    if (Date.now() > deadline) throw new Error(`Nothing listens on port ${port}.`)
    await delay(20)
  }
}

/** As docs/guides/operate.md advises, but for the way in: here everybody on this machine may come. */
const poolerConfig = (databaseUrl: string, port: number): string => {
  const { hostname, port: databasePort, username, password } = new URL(databaseUrl)
  return `
[databases]
* = host=${hostname} port=${databasePort} user=${username} password=${decodeURIComponent(password)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 20
max_client_conn = 500
server_login_retry = 1
query_wait_timeout = 15
ignore_startup_parameters = extra_float_digits
`
}

const balancerConfig = ({ port, smtpPort, nodes }: { port: number; smtpPort: number; nodes: readonly Node[] }) => `
global
  maxconn 2000
defaults
  timeout connect 2s
  timeout client 75s
  timeout server 75s
  timeout tunnel 1h
  timeout check 5s
  default-server inter 1s fall 2 rise 1
  option redispatch
  balance roundrobin
listen web
  mode http
  bind 127.0.0.1:${port}
  option forwardfor if-none
  option httpchk GET /readyz
${nodes.map((node, n) => `  server web${n} 127.0.0.1:${node.port} check`).join('\n')}
listen mail
  mode tcp
  bind 127.0.0.1:${smtpPort}
  option httpchk GET /readyz
${nodes.map((node, n) => `  server mail${n} 127.0.0.1:${node.smtpPort} check port ${node.port}`).join('\n')}
`
