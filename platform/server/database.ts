import type { CompiledQuery, Kysely } from 'kysely'
import pg from 'pg'
import { isUuid } from '#platform/shared/ids'
import { type AuditRow, storeAudit } from './audit.queries.ts'
import { type OutboxEvent, storeEvents } from './events.queries.ts'
import { type OutboxJob, storeJobs } from './jobs.queries.ts'
import type { Metrics } from './metrics.ts'
import { sessionOn } from './session.ts'

/**
 * Every table of the product. A module adds its own by declaration merging in its `tables.ts`:
 * `declare module '#platform/server/database' { interface Tables { 'inbox.messages': MessageRow } }`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the modules
export interface Tables {}

interface Outbox {
  jobs: OutboxJob[]
  events: OutboxEvent[]
  audit: AuditRow[]
}

/** One open transaction: all SQL of a use case goes through it. */
export interface Tx {
  readonly db: Kysely<Tables>
  /** Null only in `system` transactions, which see every workspace. */
  readonly workspaceId: string
  /** What is stored with the commit, in one statement for each kind. Use `enqueue`, `publish` and `audit`, not this. */
  readonly outbox: Outbox
  /** Runs when the transaction has committed; never when it was rolled back or tried again. */
  afterCommit(run: () => void): void
  /** Runs a part that may fail without losing the rest: a savepoint. */
  attempt<Result>(run: () => Promise<Result>): Promise<Result>
}

export interface Database {
  /**
   * Runs `work` in one transaction as the unprivileged role `okno_app`, bound to one workspace by row-level security.
   * Tried again (up to 3 times) after a deadlock or serialisation failure, so `work` does no I/O of its own.
   */
  transaction<Result>(workspaceId: string, work: (tx: Tx) => Promise<Result>): Promise<Result>
  /**
   * As `transaction`, for long work that publishes no event: what others publish meanwhile is told without waiting for its end.
   * @throws when `work` has published something; nothing is stored then
   */
  quietTransaction<Result>(workspaceId: string, work: (tx: Tx) => Promise<Result>): Promise<Result>
  /**
   * Runs `work` outside any workspace, as the owner: to find out which workspace an account key, a session or a job belongs to,
   * and for Okno's own housekeeping. `tx.workspaceId` is empty.
   */
  system<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>
  readonly pool: pg.Pool
  close(): Promise<void>
}

// Counters and sizes stay far below 2^53; the driver's default would give strings.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
// A calendar date has no time zone: keep 'YYYY-MM-DD'.
pg.types.setTypeParser(pg.types.builtins.DATE, String)

type DatabaseMetrics = Pick<Metrics, 'poolWaitSeconds' | 'transactionSeconds'>

const RETRIABLE = new Set(['40001', '40P01'])
const MAX_TRIES = 3
/**
 * A process that stands still in the middle of a transaction, or whose machine is cut off, must not hold its locks for ever: PostgreSQL ends
 * what has asked nothing for this long. No use case computes so long between two statements.
 */
const STANDSTILL_MS = 10_000
/** Read by `platform.events_settled_before()`. */
const TELLS_NOTHING = `set_config('application_name', 'okno quiet', true)`
const LET_GO = `set_config('idle_in_transaction_session_timeout', '${STANDSTILL_MS}', true)`

/** At most `connections` connections of this process, opened when they are needed. `pipeline` = what is asked at once travels at once. */
export function openPool(url: string, connections: number, { pipeline = false } = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    pipeline,
    idleTimeoutMillis: 30_000,
    // A network that drops everything in silence is noticed in minutes instead of hours.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'okno',
  })
  // A connection that breaks is replaced by the pool, and whoever uses it gets the error from the query; without listeners Node would
  // end the process when one breaks between two queries.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/**
 * No transaction leaves anything in its session (no setting, LISTEN or session lock) but the plans of statements that ask for it, and without
 * `keepsPlans` not even those: then `url` may be that of a pooler such as PgBouncer in transaction mode. `connections` is the size of the pool of this
 * process; without `metrics` nothing is measured.
 */
export function openDatabase(
  url: string,
  {
    connections = 12,
    metrics,
    keepsPlans = true,
  }: { connections?: number; metrics?: DatabaseMetrics | undefined; keepsPlans?: boolean } = {},
): Database {
  const pool = openPool(url, connections, { pipeline: true })
  const run = async <Result>(
    begin: string,
    workspaceId: string,
    work: (tx: Tx) => Promise<Result>,
  ): Promise<Result> => {
    for (let tries = 1; ; tries++) {
      try {
        return await once({ pool, metrics, keepsPlans }, begin, workspaceId, work)
      } catch (error) {
        if (tries === MAX_TRIES || !(error instanceof pg.DatabaseError) || !RETRIABLE.has(error.code ?? '')) throw error
      }
    }
  }

  /** One round trip: transaction, role and workspace. The id is checked, so it may stand in the text. */
  const beginIn = (workspaceId: string) => {
    if (!isUuid(workspaceId)) throw new Error(`Not a workspace id: ${workspaceId}`)
    return `begin; select set_config('okno.workspace', '${workspaceId}', true), set_config('role', 'okno_app', true), ${LET_GO}`
  }

  return {
    pool,
    transaction: (workspaceId, work) => run(beginIn(workspaceId), workspaceId, work),
    quietTransaction: (workspaceId, work) =>
      run(`${beginIn(workspaceId)}, ${TELLS_NOTHING}`, workspaceId, async (tx) => {
        const result = await work(tx)
        if (tx.outbox.events.length > 0) throw new Error(`A quiet transaction publishes ${tx.outbox.events[0]?.name}.`)
        return result
      }),
    system: (work) => run(`begin; select ${LET_GO}`, '', work),
    close: () => pool.end(),
  }
}

async function once<Result>(
  { pool, metrics, keepsPlans }: { pool: pg.Pool; metrics: DatabaseMetrics | undefined; keepsPlans: boolean },
  begin: string,
  workspaceId: string,
  work: (tx: Tx) => Promise<Result>,
) {
  const waited = metrics?.poolWaitSeconds.startTimer()
  const client = await pool.connect()
  waited?.()
  const ended = metrics?.transactionSeconds.startTimer()
  const committed: (() => void)[] = []
  let savepoints = 0
  const session = sessionOn(client, keepsPlans)
  const tx: Tx = {
    db: session.db,
    workspaceId,
    outbox: { jobs: [], events: [], audit: [] },
    afterCommit: (done) => committed.push(done),
    attempt: async (part) => {
      const name = `part_${++savepoints}`
      const { jobs, events, audit } = tx.outbox
      const before = [jobs, events, audit, committed].map((list) => ({ list, length: list.length }))
      await client.query(`savepoint ${name}`)
      try {
        const result = await part()
        await client.query(`release savepoint ${name}`)
        return result
      } catch (error) {
        await client.query(`rollback to savepoint ${name}`)
        for (const { list, length } of before) list.length = length
        throw error
      }
    },
  }
  let broken: Error | undefined
  try {
    session.begin(begin)
    const result = await work(tx)
    await session.commit(outboxStatements(tx))
    ended?.({ outcome: 'committed' })
    for (const done of committed) done()
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure
    })
    ended?.({ outcome: 'rolled_back' })
    throw error
  } finally {
    client.release(broken)
  }
}

/** What a transaction leaves to its end. */
const outboxStatements = (tx: Tx): CompiledQuery[] =>
  [
    tx.outbox.events.length > 0 ? storeEvents(tx, tx.outbox.events) : [],
    tx.outbox.audit.length > 0 ? storeAudit(tx, tx.outbox.audit) : [],
    tx.outbox.jobs.length > 0 ? storeJobs(tx.outbox.jobs) : [],
  ]
    .flat()
    .map((statement) => statement.compile(tx.db))
