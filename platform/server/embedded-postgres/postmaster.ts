import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { type RunAs, spawnIdentity } from './run-as.ts'

const POLL_MS = 15
/** Recovery after a crash replays at most `max_wal_size`; slow disks need minutes for that. */
const START_TIMEOUT_MS = 300_000
/** A fast shutdown writes a checkpoint; after this long an immediate one follows, which the next start repairs. */
const STOP_TIMEOUT_MS = 30_000
const KEPT_ERROR_CHARS = 4_000

/** One running main process of PostgreSQL. */
export interface Postmaster {
  readonly pid: number
  /** Resolves with PostgreSQL's last words when the process has ended, for whatever reason. */
  readonly ended: Promise<string>
}

/**
 * Starts PostgreSQL in `cluster` and waits until it takes connections.
 *
 * @throws Error with PostgreSQL's own words when it ends instead.
 */
export async function startPostmaster(options: {
  cluster: string
  port: number
  durable: boolean
  runAs: RunAs | undefined
  binaries: Binaries
}): Promise<Postmaster> {
  const { cluster, port, durable, runAs, binaries } = options
  const settings = { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '' }
  const unsafe = durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  const child = spawn(
    binaries.postgres,
    [
      '-D',
      cluster,
      ...Object.entries({ ...settings, ...unsafe }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    // Detached: Ctrl-C in a terminal reaches Okno only, which closes its own connections before it stops the database.
    { ...spawnIdentity(runAs), cwd: cluster, detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const ended = lastWords(child)
  let failure: string | undefined
  void ended.then((words) => {
    failure = words
  })

  const deadline = Date.now() + START_TIMEOUT_MS
  while (!isReady(cluster, child.pid)) {
    if (failure !== undefined) throw new Error(`PostgreSQL did not start: ${failure}`)
    if (Date.now() > deadline) {
      child.kill('SIGQUIT')
      throw new Error(
        `PostgreSQL did not become ready within ${START_TIMEOUT_MS / 1000} s; see ${join(cluster, 'log')}.`,
      )
    }
    await delay(POLL_MS)
  }
  if (child.pid === undefined) throw new Error('PostgreSQL did not start.')
  // The database must not keep Okno's process alive once everything else has ended.
  child.unref()
  guard(child.pid, ended)
  return { pid: child.pid, ended }
}

function lastWords(child: ChildProcess): Promise<string> {
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-KEPT_ERROR_CHARS)
  })
  if (child.stderr && 'unref' in child.stderr && typeof child.stderr.unref === 'function') child.stderr.unref()
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(words.trim() || `it ended with ${signal ?? `code ${code}`}`))
  })
}

/**
 * Ends the database when Okno is killed without a chance to do so itself: a shell that waits for the end of its input,
 * which only Okno holds open.
 */
function guard(postmaster: number, ended: Promise<unknown>): void {
  if (process.platform === 'win32') return
  const script = `while read -r _; do :; done; kill -INT ${postmaster}`
  const shell = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  shell.unref()
  const input = shell.stdin
  if (input && 'unref' in input && typeof input.unref === 'function') input.unref()
  // Its number may later belong to another process, which nobody must interrupt.
  void ended.then(() => shell.kill('SIGKILL'))
}

interface PidFile {
  pid: number
  port: number
  status: string | undefined
}

/** What `postmaster.pid` says: pid in line 1, port in line 4, state in line 8. Undefined when there is no such file. */
function readPidFile(cluster: string): PidFile | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

const isReady = (cluster: string, pid: number | undefined) => {
  const file = readPidFile(cluster)
  return file !== undefined && file.pid === pid && file.status === 'ready'
}

/** Port of the PostgreSQL that runs in `cluster` now; undefined when none does. */
export function findRunningPort(cluster: string): number | undefined {
  const file = readPidFile(cluster)
  return file?.status === 'ready' && runsIn(cluster, file.pid) ? file.port : undefined
}

/**
 * Ends a PostgreSQL that an earlier, killed Okno left running in `cluster`, and removes a note that names a process which
 * is something else by now. Without that note PostgreSQL itself finds out whether parts of it are still alive.
 */
export async function stopOrphan(cluster: string): Promise<void> {
  const file = readPidFile(cluster)
  if (!file || !isAlive(file.pid)) return
  if (runsIn(cluster, file.pid)) await stopPostmaster(file.pid)
  else rmSync(join(cluster, 'postmaster.pid'), { force: true })
}

/** Fast shutdown: sessions are cut off, data is written, nothing needs recovery. Returns when the process is gone. */
export async function stopPostmaster(pid: number): Promise<void> {
  if (!signal(pid, 'SIGINT')) return
  const deadline = Date.now() + STOP_TIMEOUT_MS
  while (isAlive(pid)) {
    if (Date.now() > deadline) signal(pid, 'SIGQUIT')
    await delay(POLL_MS)
  }
}

/** False when there was no such process any more. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
    throw error
  }
}

/** True while a process of this number runs; ended ones that nobody has collected yet do not count. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || !exists(pid)) return false
  if (process.platform !== 'linux') return true
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false // it ended between the two looks
  }
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // EPERM: somebody else's process, which is alive.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** True when process `pid` is a PostgreSQL of this very folder, and not a stranger that got an old number. */
function runsIn(cluster: string, pid: number): boolean {
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
    } catch {
      return false // ended, or a process of a user whose files we may not see: not ours
    }
  }
  if (process.platform === 'win32') return false
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(cluster)
  } catch {
    return false // ps answers 1 when the process has ended
  }
}
