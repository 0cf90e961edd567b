import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Binaries } from './binaries.ts'
import { canReach, type RunAs, SHARED_HOME, spawnIdentity } from './run-as.ts'

/** Passwords of the embedded server, made once, readable only by the user who runs Okno. */
const passwords = z.object({ admin: z.string(), okno: z.string() })
export type Passwords = z.infer<typeof passwords>

/** Where one data folder keeps its PostgreSQL. */
export interface Home {
  /** Readable by the user who runs Okno: passwords and the note of who uses the cluster. */
  readonly folder: string
  /** PostgreSQL's own data folder. */
  readonly cluster: string
}

/**
 * `<dataDir>/postgres`, made when missing. When the user who must run PostgreSQL cannot get there (a data folder within
 * /root), it is a link to a folder in {@link SHARED_HOME} instead.
 */
export function openHome(
  dataDir: string,
  runAs: (cluster: string) => RunAs | undefined,
): Home & { runAs: RunAs | undefined } {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const path = join(dataDir, 'postgres')
  const user = runAs(join(path, 'cluster'))
  if (!existsSync(path)) {
    if (user && !canReach(dataDir, user)) {
      const elsewhere = join(SHARED_HOME, `data-${randomBytes(6).toString('hex')}`)
      mkdirSync(elsewhere, { recursive: true, mode: 0o711 })
      symlinkSync(elsewhere, path)
    } else {
      mkdirSync(path, { mode: 0o711 })
    }
  }
  const folder = followLink(path)
  if (user && !canReach(folder, user)) {
    throw new Error(
      `PostgreSQL cannot run in ${folder}: Okno runs as root, PostgreSQL must not, and another user cannot pass through ` +
        'the folders above it. Set OKNO_DATA_DIR to a folder such as /var/lib/okno/data, or start Okno as an ordinary user.',
    )
  }
  return { folder, cluster: join(folder, 'cluster'), runAs: user }
}

function followLink(path: string): string {
  try {
    return readlinkSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EINVAL') return path
    throw error
  }
}

/** Passwords of this cluster, made when there is no cluster yet. */
export function readPasswords({ folder, cluster }: Home): Passwords {
  const path = join(folder, 'passwords.json')
  if (!existsSync(cluster)) {
    const made: Passwords = { admin: newPassword(), okno: newPassword() }
    rmSync(path, { force: true })
    writeFileSync(path, JSON.stringify(made), { mode: 0o600, flush: true })
  }
  return passwords.parse(JSON.parse(readFileSync(path, 'utf8')))
}

const newPassword = () => randomBytes(24).toString('base64url')

/**
 * Makes the cluster when there is none. It is built beside its place and moved there when complete, so a start that was
 * cut off leaves nothing half-made.
 *
 * @throws Error when the cluster was made by another major version of PostgreSQL.
 */
export function ensureCluster(home: Home, binaries: Binaries, runAs: RunAs | undefined, adminPassword: string): void {
  if (!existsSync(home.cluster)) createCluster(home, binaries, runAs, adminPassword)
  const major = Number(readFileSync(join(home.cluster, 'PG_VERSION'), 'utf8'))
  if (major !== binaries.major) {
    throw new Error(
      `${home.cluster} was made by PostgreSQL ${major}; this Okno brings ${binaries.major}. Make a backup with the Okno ` +
        'that made it, and restore that into an empty data folder.',
    )
  }
}

function createCluster(
  { folder, cluster }: Home,
  { initdb }: Binaries,
  runAs: RunAs | undefined,
  password: string,
): void {
  const draft = join(folder, 'cluster.new')
  const passwordFile = join(folder, 'password.tmp')
  rmSync(draft, { recursive: true, force: true })
  rmSync(passwordFile, { force: true })
  mkdirSync(draft, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (runAs) for (const path of [draft, passwordFile]) chownSync(path, runAs.uid, runAs.gid)

  try {
    execFileSync(
      initdb,
      [
        `--pgdata=${draft}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // Sorting and letters by PostgreSQL itself: the same on every machine, never changed by an update of the system.
        '--locale-provider=builtin',
        '--locale=C.UTF-8',
        // Trigrams ask the system what a letter is; macOS knows no C.UTF-8.
        ...(process.platform === 'darwin' ? ['--builtin-locale=C.UTF-8', '--locale=en_US.UTF-8'] : []),
        '--text-search-config=simple',
      ],
      { ...spawnIdentity(runAs), cwd: draft, stdio: 'pipe' },
    )
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    throw new Error(`PostgreSQL could not make its data folder ${cluster}: ${output || error}`, { cause: error })
  } finally {
    rmSync(passwordFile, { force: true })
  }
  // Only TCP on this machine, only with a password; `ALTER SYSTEM` of an administrator goes before our settings.
  writeFileSync(join(draft, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n')
  appendFileSync(join(draft, 'postgresql.conf'), "\ninclude_if_exists = 'okno.conf'\n")
  renameSync(draft, cluster)
}

/** Settings for a small machine of two cores that Okno itself shares. Durability stays as PostgreSQL ships it: complete. */
const SETTINGS = `# Written by Okno at every start. Your own settings: ALTER SYSTEM SET …
max_connections = 100
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 8MB
maintenance_work_mem = 128MB
# Many short queries: compiling them or splitting them over cores costs more than it brings.
jit = off
max_parallel_workers_per_gather = 0
# Disks without moving heads.
random_page_cost = 1.1
wal_compression = on
max_wal_size = 2GB
checkpoint_timeout = 15min
log_timezone = 'UTC'
timezone = 'UTC'
# One log file per day of the week, each overwritten a week later.
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
log_rotation_size = 0
log_checkpoints = off
`

/** Writes Okno's settings, which may differ from those of the version that made the cluster. */
export function writeSettings(cluster: string, runAs: RunAs | undefined): void {
  const path = join(cluster, 'okno.conf')
  writeFileSync(path, SETTINGS)
  if (runAs) chownSync(path, runAs.uid, runAs.gid)
}
