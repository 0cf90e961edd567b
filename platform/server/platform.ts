import path from 'node:path'
import { type Bus, createBus } from './bus.ts'
import type { Config } from './config.ts'
import { type Database, openDatabase, openPool } from './database.ts'
import { createEvents, type Events } from './events.ts'
import { createDiskFileStore, createFiles, type Files, forgetBytes } from './files.ts'
import { createHttp, type HttpServer } from './http.ts'
import { createJobs, type Jobs } from './jobs.ts'
import { createLive, type Live } from './live.ts'
import { createLog, type Log } from './log.ts'
import { measuredStore } from './measured-store.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { platformGauges } from './platform-gauges.ts'
import { createSecrets, type Secrets } from './secrets.ts'

/** Direct connections of one process beside a pooler, at most: one listens, the others take jobs and report them; the work itself uses the pooler. */
const WORKER_CONNECTIONS = 10

/** Everything modules stand on. One per process; tests open one per database. */
export interface Platform {
  readonly config: Config
  readonly log: Log
  readonly metrics: Metrics
  readonly database: Database
  readonly transaction: Database['transaction']
  readonly bus: Bus
  readonly jobs: Jobs
  readonly events: Events
  readonly files: Files
  readonly secrets: Secrets
  readonly http: HttpServer
  readonly live: Live
  /** The time; tests set it. */
  readonly now: () => Date
  /** Closes the connections to the database, after everything that uses them has stopped. */
  close(): Promise<void>
}

/**
 * Opens the platform on a migrated database. Nothing runs yet: modules come next, then `jobs.start`, `live.start`, `http.listen`. With
 * `config.databaseDirectUrl`, `databaseUrl` may be a pooler's that keeps no session: whatever must keep one goes the direct way.
 */
export function openPlatform(config: Config, databaseUrl: string, { now = () => new Date() } = {}): Platform {
  const log = createLog(config.logLevel)
  const metrics = createMetrics()
  const direct = config.databaseDirectUrl
  const database = openDatabase(databaseUrl, { metrics, keepsPlans: direct === undefined })
  platformGauges(metrics, { database, dataDir: config.dataDir })
  const bus = createBus({ url: direct ?? databaseUrl, redisUrl: config.redisUrl, log })
  const workerPool = direct ? openPool(direct, WORKER_CONNECTIONS) : database.pool
  const jobs = createJobs(workerPool, log, metrics)
  const store = measuredStore(createDiskFileStore(path.join(config.dataDir, 'files')), metrics)
  forgetBytes(store, { jobs, database })
  const http = createHttp({ log, metrics, publicUrl: config.publicUrl })
  return {
    config,
    log,
    metrics,
    database,
    transaction: database.transaction,
    bus,
    jobs,
    events: createEvents(database, jobs, bus),
    files: createFiles(store),
    secrets: createSecrets(config.secretKey),
    http,
    live: createLive({
      http: http.server,
      database,
      ownConnection: openPool(direct ?? databaseUrl, 1),
      bus,
      log,
      metrics,
      publicUrl: config.publicUrl,
    }),
    now,
    close: async () => {
      if (workerPool !== database.pool) await workerPool.end()
      await database.close()
    },
  }
}
