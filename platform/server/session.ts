import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type pg from 'pg'
import type { Tables } from './database.ts'
import { planName } from './kept-plans.ts'

/** What one client of the pool keeps from transaction to transaction. */
interface Session {
  readonly db: Kysely<Tables>
  /** Sends `text` on its way together with the first statement; nobody waits for its answer alone. */
  begin(text: string): void
  /** The last statements and the commit travel together. When one of them fails, PostgreSQL makes a rollback of the commit. */
  commit(last: readonly CompiledQuery[]): Promise<void>
}

const sessions = new WeakMap<pg.PoolClient, Session>()

/** The session of a client of the pool. */
export function sessionOn(client: pg.PoolClient, keepsPlans: boolean): Session {
  let session = sessions.get(client)
  if (!session) {
    const driver = new OneClientDriver(client, keepsPlans)
    session = { db: kyselyOn(driver), begin: (text) => driver.begin(text), commit: (last) => driver.commit(last) }
    sessions.set(client, session)
  }
  return session
}

/** Kysely bound to one client of the pool: a transaction must not wander between connections. */
const kyselyOn = (driver: Driver): Kysely<Tables> =>
  new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })

class OneClientDriver implements Driver {
  readonly #client: pg.PoolClient
  readonly #keepsPlans: boolean
  #begun: Promise<unknown> = Promise.resolve()

  constructor(client: pg.PoolClient, keepsPlans: boolean) {
    this.#client = client
    this.#keepsPlans = keepsPlans
  }

  begin(text: string): void {
    const { stream } = this.#client.connection
    stream.cork()
    this.#begun = this.#client.query(text)
    // Told to the statements that follow, or to the end of the transaction when there are none.
    this.#begun.catch(() => undefined)
    // By then the first statement has been written behind it: one packet for both.
    process.nextTick(() => stream.uncork())
  }

  async commit(last: readonly CompiledQuery[]): Promise<void> {
    const { stream } = this.#client.connection
    stream.cork()
    const answers = [...last.map((query) => this.#ask(query)), this.#client.query('commit')]
    stream.uncork()
    await Promise.all([this.#begun, ...answers])
  }

  /** An answer counts only when the transaction, with its role and workspace, was open before it. */
  async #ask<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const name = this.#keepsPlans ? planName(sql, parameters) : undefined
    const asked = this.#client.query({ text: sql, values: [...parameters], ...(name ? { name } : {}) })
    const [, result] = await Promise.all([this.#begun, asked])
    return { rows: result.rows, numAffectedRows: BigInt(result.rowCount ?? 0) }
  }

  readonly #connection: DatabaseConnection = {
    executeQuery: (query) => this.#ask(query),
    // biome-ignore lint/correctness/useYield: rows are never streamed inside a transaction
    async *streamQuery() {
      throw new Error('Streaming is not offered inside a transaction.')
    },
  }
  async init() {}
  async acquireConnection() {
    return this.#connection
  }
  // The transaction belongs to `once` above; Kysely only compiles and runs.
  async beginTransaction() {
    throw new Error('Use platform.transaction.')
  }
  async commitTransaction() {}
  async rollbackTransaction() {}
  async releaseConnection() {}
  async destroy() {}
}
