import { existsSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { prepareBinaries } from './embedded-postgres/binaries.ts'
import { claimHome } from './embedded-postgres/claim.ts'
import { ensureCluster, openHome, type Passwords, readPasswords, writeSettings } from './embedded-postgres/cluster.ts'
import {
  findRunningPort,
  type Postmaster,
  startPostmaster,
  stopOrphan,
  stopPostmaster,
} from './embedded-postgres/postmaster.ts'
import { chooseUser } from './embedded-postgres/run-as.ts'
import { freePort } from './free-port.ts'

/** A PostgreSQL that this process started and keeps running. */
export interface EmbeddedPostgres {
  /** Database `okno` as its owner, the role `okno`: no superuser, may create roles. */
  readonly url: string
  /** Database `postgres` as superuser: for tests and backups only. */
  readonly adminUrl: string
  /** Main process of PostgreSQL; another one after a crash. */
  readonly pid: number
  /** Cuts sessions off, writes everything and waits until the process is gone. */
  stop(): Promise<void>
}

export interface EmbeddedPostgresOptions {
  readonly dataDir: string
  /** Default: a free one, another at every start. */
  readonly port?: number
  /** False trades safety against power loss for speed; only for data that may vanish, such as that of tests. */
  readonly durable?: boolean
  /** Told when PostgreSQL ended by itself and is started again. */
  readonly onRestart?: (lastWords: string) => void
}

const DATABASE = 'okno'
const EXTENSIONS = ['pg_trgm', 'unaccent', 'btree_gin']
const ATTEMPTS = 40
const RETRY_MS = 250

/**
 * Starts PostgreSQL 18 in `<dataDir>/postgres`, reachable on 127.0.0.1 by password only. Makes the cluster, the role and
 * the database when missing. A PostgreSQL that a killed Okno left behind is ended first; one that dies is started again
 * on the same port.
 *
 * @throws Error when another Okno uses the folder or PostgreSQL cannot run; the message says what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { runAs, ...home } = openHome(options.dataDir, chooseUser)
  const release = await claimHome(home.folder)
  try {
    const binaries = prepareBinaries(runAs)
    const passwords = readPasswords(home)
    ensureCluster(home, binaries, runAs, passwords.admin)
    writeSettings(home.cluster, runAs)
    await stopOrphan(home.cluster)

    const launch = (port: number) =>
      startPostmaster({ cluster: home.cluster, port, durable: options.durable ?? true, runAs, binaries })
    const first = await launchWhereFree(launch, options.port)
    const address = (role: string, password: string, database: string) =>
      `postgres://${role}:${password}@127.0.0.1:${first.port}/${database}`
    const adminUrl = address('postgres', passwords.admin, 'postgres')
    const running = keepRunning(first.postmaster, () => launch(first.port), options.onRestart)
    try {
      await prepareDatabase(adminUrl, passwords)
    } catch (error) {
      await running.stop()
      throw error
    }
    return {
      url: address(DATABASE, passwords.okno, DATABASE),
      adminUrl,
      get pid() {
        return running.pid()
      },
      stop: async () => {
        await running.stop()
        release()
      },
    }
  } catch (error) {
    release()
    throw error
  }
}

/** Address of Okno's database in a PostgreSQL that another process runs in this data folder; undefined when none does. */
export function findRunningPostgres(dataDir: string): string | undefined {
  const folder = path.join(dataDir, 'postgres')
  if (!existsSync(folder)) return undefined
  const home = { folder, cluster: path.join(folder, 'cluster') }
  const port = findRunningPort(home.cluster)
  return port === undefined
    ? undefined
    : `postgres://${DATABASE}:${readPasswords(home).okno}@127.0.0.1:${port}/${DATABASE}`
}

type Launch = (port: number) => Promise<Postmaster>

/**
 * Tries again while the port was taken between choosing and using it, or while processes of a killed PostgreSQL still
 * hold its memory; both pass within moments.
 */
async function launchWhereFree(launch: Launch, wanted: number | undefined) {
  for (let attempt = 1; ; attempt++) {
    const port = wanted ?? (await freePort())
    try {
      return { port, postmaster: await launch(port) }
    } catch (error) {
      const passing = error instanceof Error && /in use|could not bind|lock file/.test(error.message)
      if (!passing || attempt === ATTEMPTS) throw error
      await delay(RETRY_MS)
    }
  }
}

/** Starts PostgreSQL again whenever it ends without being told to, until `stop`. */
function keepRunning(
  first: Postmaster,
  launch: () => Promise<Postmaster>,
  onRestart: (words: string) => void = () => {},
) {
  let current = first
  let stopping = false

  const relaunch = async () => {
    try {
      current = await launch()
    } catch (error) {
      onRestart(error instanceof Error ? error.message : String(error))
      await delay(RETRY_MS)
    }
  }
  const watch = async () => {
    while (!stopping) {
      const words = await current.ended
      if (stopping) return
      onRestart(words)
      await relaunch()
    }
  }

  const watching = watch()
  return {
    pid: () => current.pid,
    stop: async () => {
      stopping = true
      // The database does not keep this process alive, so nothing would while its end is awaited.
      const awake = setInterval(() => undefined, RETRY_MS)
      await stopPostmaster(current.pid)
      await watching
      // It may have been in the middle of starting again.
      await stopPostmaster(current.pid)
      clearInterval(awake)
    },
  }
}

/** Role, database and extensions that Okno expects; nothing happens where they exist. */
async function prepareDatabase(adminUrl: string, passwords: Passwords): Promise<void> {
  await withClient(adminUrl, async (admin) => {
    const role = pg.escapeIdentifier(DATABASE)
    const known = await admin.query('select rolname from pg_roles where rolname = $1', [DATABASE])
    if (known.rowCount === 0) {
      await admin.query(`create role ${role} login createrole password ${pg.escapeLiteral(passwords.okno)}`)
    }
    const existing = await admin.query('select datname from pg_database where datname = $1', [DATABASE])
    if (existing.rowCount === 0) await admin.query(`create database ${role} owner ${role}`)
  })

  const url = new URL(adminUrl)
  url.pathname = DATABASE
  await withClient(url.href, async (admin) => {
    const { rows } = await admin.query<{ extname: string }>('select extname from pg_extension')
    const present = new Set(rows.map((row) => row.extname))
    for (const name of EXTENSIONS) {
      if (!present.has(name)) await admin.query(`create extension if not exists ${name}`)
    }
  })
}

async function withClient(url: string, use: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await use(client)
  } finally {
    await client.end()
  }
}
