import { EventEmitter } from 'node:events'
import { type JobHelpers, Logger, type Runner, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import type { z } from 'zod'
import type { Tx } from './database.ts'
import { freeAbandonedJobs, keepJobLocks } from './jobs.queries.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { inSpan, traceparent } from './tracing.ts'

/** A kind of work that is done later, at least once, with retries. */
export interface JobDefinition<Data> {
  readonly name: string
  readonly data: z.ZodType<Data>
}

export const defineJob = <Data>(name: string, data: z.ZodType<Data>): JobDefinition<Data> => ({ name, data })

export interface EnqueueOptions {
  runAt?: Date
  /** At most one waiting job has this key; adding another replaces it. */
  key?: string
  /** Jobs of one queue run one after another, in order. */
  queue?: string
  /** Default 25: with exponential back-off about three days. */
  maxAttempts?: number
  /** Lower runs first; default 0. */
  priority?: number
}

/** Stores a job with the caller's transaction: it runs if and only if that transaction commits. */
export function enqueue<Data>(tx: Tx, job: JobDefinition<Data>, data: Data, options: EnqueueOptions = {}): void {
  tx.outbox.jobs.push({
    identifier: job.name,
    payload: { workspaceId: tx.workspaceId, data, traceparent: traceparent() },
    run_at: options.runAt?.toISOString(),
    queue_name: options.queue,
    max_attempts: options.maxAttempts,
    job_key: options.key,
    priority: options.priority,
  })
}

interface StoredPayload {
  readonly workspaceId: string
  readonly data: unknown
  /** Of the work that asked for this job, when it was traced. */
  readonly traceparent?: string
}

export interface JobContext {
  readonly workspaceId: string
  readonly log: Log
  /** Ends long work early when the process stops. */
  readonly signal: AbortSignal | undefined
  /** 1 on the first run. */
  readonly attempt: number
}

export interface Jobs {
  /** Runs `work` for each job of this kind; it opens its own transactions and is idempotent. */
  handle<Data>(job: JobDefinition<Data>, work: (data: Data, context: JobContext) => Promise<void>): void
  /** Runs `work` by the clock (crontab, UTC), once per tick over all processes, outside any workspace. */
  schedule(name: string, crontab: string, work: (context: { log: Log }) => Promise<void>): void
  /** Starts taking jobs in this process. Call once, after every `handle`. */
  start(options: { concurrency: number }): Promise<void>
  /** Finishes running jobs, takes no new ones. */
  stop(): Promise<void>
}

/** A living process says so this often; a job whose process has been silent for longer than the limit is taken by another one. */
const KEEP_MS = 15_000
const ABANDONED_SECONDS = 60
const START_AGAIN_MS = 1000
/** Jobs under way may end before others take them up, when the worker gave up. */
const LEAVE_MS = 10_000
const POLL_MS = 100

/** Jobs over graphile-worker: they live in the product's own PostgreSQL. `keepMs` is shorter in tests. */
export function createJobs(pool: pg.Pool, log: Log, metrics: Metrics, { keepMs = KEEP_MS } = {}): Jobs {
  const tasks: TaskList = {}
  const crontab: string[] = []
  /** Names under which this process holds jobs. */
  const holders = new Set<string>()
  let runner: Runner | undefined
  let keeping: NodeJS.Timeout | undefined
  let isStopped = false

  async function startRunner(concurrency: number): Promise<void> {
    await freeAbandonedJobs(pool, { seconds: ABANDONED_SECONDS, gone: [...holders] })
    holders.clear()
    const busy = new Set<string>()
    const events: WorkerEvents = new EventEmitter()
    events.on('worker:create', ({ worker }) => {
      // Jobs are locked by the pool of workers, not by the one that does them.
      holders.add(worker.workerPool.id)
      busy.add(worker.workerId)
    })
    events.on('worker:stop', ({ worker }) => busy.delete(worker.workerId))
    const started = await run({
      pgPool: pool,
      taskList: tasks,
      concurrency,
      crontab: crontab.join('\n'),
      events,
      noHandleSignals: true,
      // A batched report that fails is told by `pool:fatalError`; one that stands alone would end the process.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      // Jobs normally start by notification; polling only picks up delayed ones and what a lost notification left.
      pollInterval: 1000,
      logger: workerLogger(log),
    })
    runner = started
    // The worker gives up when the database goes away; we do not.
    let isOver = false
    const ended = (error?: unknown) => {
      if (isStopped || isOver) return
      isOver = true
      log.error({ err: error }, 'jobs: the worker ended')
      runner = undefined
      void startAgain(concurrency)
    }
    started.promise.then(() => ended(), ended)
    // A worker that could not report a job waits for ever for its own report and never ends (graphile-worker 0.17.3), so it is left.
    events.on('pool:fatalError', async ({ error }) => {
      if (isOver) return
      runner = undefined
      started.stop().catch((failure) => log.warn({ err: failure }, 'jobs: the worker that gave up cannot be stopped'))
      const limit = Date.now() + LEAVE_MS
      while (busy.size > 0 && Date.now() < limit) await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      ended(error)
    })
  }

  async function startAgain(concurrency: number): Promise<void> {
    while (!isStopped) {
      await new Promise((resolve) => setTimeout(resolve, START_AGAIN_MS))
      if (isStopped) return
      try {
        return await startRunner(concurrency)
      } catch (error) {
        log.warn({ err: error }, 'jobs: cannot start')
      }
    }
  }

  async function keep() {
    await keepJobLocks(pool, [...holders])
    await freeAbandonedJobs(pool, { seconds: ABANDONED_SECONDS, gone: [] })
  }

  /** Runs one job and tells how long it waited, how long it took and how it ended. */
  async function measured(
    job: string,
    { job: { id, attempts, run_at } }: JobHelpers,
    parent: string | undefined,
    work: () => Promise<void>,
  ) {
    metrics.jobWaitSeconds.observe({ job }, Math.max(0, Date.now() - run_at.getTime()) / 1000)
    const ended = metrics.jobSeconds.startTimer({ job })
    try {
      await inSpan(`job ${job}`, { kind: 'consumer', parent: parent ?? null, attributes: { attempt: attempts } }, work)
      ended({ outcome: 'done' })
    } catch (error) {
      ended({ outcome: 'failed' })
      log.warn({ job, jobId: id, attempt: attempts, err: error }, 'job failed')
      throw error
    }
  }

  return {
    handle: (job, work) => {
      if (tasks[job.name]) throw new Error(`Two handlers for job ${job.name}`)
      tasks[job.name] = async (payload, helpers) => {
        const { workspaceId, data, traceparent } = payload as StoredPayload
        await measured(job.name, helpers, traceparent, () =>
          work(job.data.parse(data), {
            workspaceId,
            log: log.child({ job: job.name, jobId: helpers.job.id, workspaceId }),
            signal: helpers.abortSignal,
            attempt: helpers.job.attempts,
          }),
        )
      }
    },
    schedule: (name, when, work) => {
      // The worker's crontab knows no dots in names.
      const task = name.replaceAll('.', '/')
      tasks[task] = (_payload, helpers) =>
        measured(name, helpers, undefined, () => work({ log: log.child({ job: name }) }))
      crontab.push(`${when} ${task} ?fill=1m&max=3`)
    },
    start: async ({ concurrency }) => {
      await startRunner(concurrency)
      keeping = setInterval(() => {
        keep().catch((error) => log.warn({ err: error }, 'jobs: locks not kept'))
      }, keepMs)
    },
    stop: async () => {
      isStopped = true
      clearInterval(keeping)
      await runner?.stop()
    },
  }
}

/** What the worker adds to its words holds the payload of the job: that stays out of the log. */
const workerLogger = (log: Log) =>
  new Logger(() => (level, message) => {
    if (level === 'error') log.error(message)
    else if (level === 'warning') log.warn(message)
    else log.trace(message)
  })
