import { randomBytes } from 'node:crypto'
import { mkdir, readFile, statfs, unlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { fine, type HealthPart, notUsed, trouble } from '#platform/shared/health'
import { type DatabaseFacts, EXTENSIONS, readDatabaseFacts } from './health.queries.ts'
import { countJobs } from './jobs.queries.ts'
import { within } from './metrics.ts'
import { findMigrations } from './migrate.ts'
import type { Platform } from './platform.ts'

/** A part that does not answer within this time is named as the failing one. */
const PATIENCE_MS = 3000
/** A round trip on one network takes a millisecond or two. */
const SLOW_MS = 100
/** Workers run something by the clock every minute; two missed ones are no accident. */
const NO_WORKER_SECONDS = 150
const WAITING_SECONDS = 60
const MIN_FREE_BYTES = 1024 ** 3
const CLOCK_SKEW_MS = 2000
const BACKUP_DAYS = 2
const DAY_MS = 86_400_000

/** Name of the note that a finished backup leaves in the data folder. */
export const LAST_BACKUP = 'last-backup.json'

/** How the parts of the platform are, each with what is wrong and what to do. Never throws; at most about three seconds. */
export async function platformHealth(platform: Platform): Promise<HealthPart[]> {
  const { database, config, bus, now } = platform
  const asked = performance.now()
  const facts = await within(PATIENCE_MS, readDatabaseFacts(database.pool)).catch((error: unknown) => {
    platform.log.warn({ err: error }, 'health: database')
    return undefined
  })
  const latencyMs = Math.round(performance.now() - asked)
  return Promise.all([
    databasePart(facts, latencyMs),
    ...(facts
      ? [
          migrationsPart(facts),
          workersPart(facts),
          safely(platform, 'jobs', async () => jobsPart(await countJobs(database.pool))),
          clockPart(facts, latencyMs),
          searchPart(facts),
        ]
      : []),
    safely(platform, 'files', () => filesPart(config.dataDir)),
    liveWords(bus.isConnected(), config.redisUrl !== undefined),
    safely(platform, 'backup', () => backupPart(config.dataDir, now())),
  ])
}

/** A part whose state cannot even be read is failing. */
export const safely = (
  { log }: Pick<Platform, 'log'>,
  part: string,
  look: () => Promise<HealthPart>,
): Promise<HealthPart> =>
  within(PATIENCE_MS, look()).catch((error: unknown) => {
    log.warn({ err: error, part }, 'health: part not read')
    return trouble(part, 'unread', 'Its state could not be read. The log says why.')
  })

function databasePart(facts: DatabaseFacts | undefined, latencyMs: number): HealthPart {
  if (!facts)
    return trouble(
      'database',
      'database_down',
      'PostgreSQL does not answer. Check that it runs and that DATABASE_URL is right; the embedded server writes its log to the data folder.',
    )
  const params = { version: facts.version, sizeBytes: facts.sizeBytes, latencyMs }
  if (latencyMs <= SLOW_MS) return fine('database', params)
  const detail = `PostgreSQL takes ${latencyMs} ms to answer. Look at its load and its disk, and whether it is on the same network.`
  return trouble('database', 'database_slow', detail, { params, state: 'warning' })
}

async function migrationsPart({ migrations }: DatabaseFacts): Promise<HealthPart> {
  const expected = (await findMigrations()).length
  const params = { migrations, expected }
  if (migrations >= expected) return fine('migrations', params)
  const detail = 'The database is older than this version. Start Okno once with the role web to migrate it.'
  return trouble('migrations', 'migrations_missing', detail, { params })
}

/** By the clock of the database, which is the one that wrote the time. */
function workersPart({ lastTickAt, at }: DatabaseFacts): HealthPart {
  if (!lastTickAt) return fine('workers', {}, 'workers_new')
  const seconds = Math.round((at.getTime() - lastTickAt.getTime()) / 1000)
  const params = { lastAt: lastTickAt.toISOString() }
  if (seconds <= NO_WORKER_SECONDS) return fine('workers', params)
  return trouble(
    'workers',
    'workers_none',
    'No process does the background work, so nothing is read or sent. Start one with OKNO_ROLES=worker, or web,worker.',
    { params },
  )
}

function jobsPart(jobs: Awaited<ReturnType<typeof countJobs>>): HealthPart {
  const sum = (of: 'due' | 'failed') => jobs.reduce((total, job) => total + job[of], 0)
  const oldest = jobs.toSorted((a, b) => b.oldestSeconds - a.oldestSeconds)[0]
  const params = {
    waiting: sum('due'),
    failed: sum('failed'),
    oldestSeconds: Math.round(oldest?.oldestSeconds ?? 0),
    job: oldest?.job ?? '',
  }
  if (params.oldestSeconds > WAITING_SECONDS)
    return trouble(
      'jobs',
      'jobs_waiting',
      `${params.waiting} jobs wait, the oldest (${params.job}) for ${params.oldestSeconds} s. Start more workers, or find in the log what holds them up.`,
      { params },
    )
  if (params.failed > 0)
    return trouble('jobs', 'jobs_failed', `${params.failed} jobs were given up. The log says why each failed.`, {
      params,
      state: 'warning',
    })
  return params.waiting === 0 ? fine('jobs', {}, 'jobs_none') : fine('jobs', params)
}

/** Half of the round trip lies between the answer of the database and its arrival here. */
function clockPart({ at }: DatabaseFacts, latencyMs: number): HealthPart {
  const skewMs = Math.round(Math.abs(Date.now() - latencyMs / 2 - at.getTime()))
  if (skewMs <= CLOCK_SKEW_MS) return fine('clock', { skewMs })
  const detail = `The clocks of this machine and of the database differ by ${skewMs} ms, so due times and waits are wrong. Switch on time synchronisation (NTP) on both.`
  return trouble('clock', 'clock_skewed', detail, { params: { skewMs } })
}

function searchPart({ extensions }: DatabaseFacts): HealthPart {
  if (extensions === EXTENSIONS.length) return fine('search')
  const detail = `Searching needs the extensions ${EXTENSIONS.join(', ')}. Create them in the database as its owner.`
  return trouble('search', 'search_extensions', detail, { params: { extensions: EXTENSIONS.join(', ') } })
}

/** Writes for true: a disk that can be read only, or is full, answers everything else as usual. */
async function filesPart(dataDir: string): Promise<HealthPart> {
  const folder = path.join(dataDir, 'files')
  const probe = path.join(folder, `.probe-${randomBytes(6).toString('hex')}`)
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(probe, 'Okno')
    await unlink(probe)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const detail = `Files cannot be stored: ${reason}. Make room, or let the user of Okno write to the folder.`
    return trouble('files', 'files_not_writable', detail, { params: { folder, reason } })
  }
  const { bavail, bsize } = await statfs(folder)
  const params = { freeBytes: bavail * bsize }
  if (params.freeBytes >= MIN_FREE_BYTES) return fine('files', params)
  const detail =
    'Less than 1 GB is left where files are stored. Make room before the disk is full: nothing can be taken in then.'
  return trouble('files', 'files_little_room', detail, { params, state: 'warning' })
}

function liveWords(isConnected: boolean, isRedis: boolean): HealthPart {
  const part = isRedis ? 'redis' : 'live'
  if (isConnected) return fine(part)
  return isRedis
    ? trouble(
        'redis',
        'redis_down',
        'Redis does not answer, so windows learn of changes a second late. Check that it runs and REDIS_URL.',
        {
          state: 'warning',
        },
      )
    : trouble(
        'live',
        'live_down',
        'The connection for notifications is being opened again, so windows learn of changes a second late.',
        {
          state: 'warning',
        },
      )
}

const lastBackup = z.object({ at: z.coerce.date() })

async function backupPart(dataDir: string, now: Date): Promise<HealthPart> {
  const note = await readFile(path.join(dataDir, LAST_BACKUP), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (note === undefined) return notUsed('backup')
  const { at } = lastBackup.parse(JSON.parse(note))
  const params = { lastAt: at.toISOString() }
  if (now.getTime() - at.getTime() <= BACKUP_DAYS * DAY_MS) return fine('backup', params)
  const detail = `The last backup was made ${at.toISOString()}. See why the nightly npm run backup did not run.`
  return trouble('backup', 'backup_old', detail, { params, state: 'warning' })
}
