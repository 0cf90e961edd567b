import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from './log.ts'
import { isOutage } from './outage.ts'

const RETRY_MS = 1000
/** While it waits, a process says so again this often. */
const REMIND_MS = 30_000

export interface Waiting {
  readonly log: Log
  /** Answers for the process while it waits; undefined for one that serves nobody. */
  readonly port: number | undefined
  /** Shorter in tests. */
  readonly retryMs?: number
}

/**
 * Runs `start` until it succeeds, as long as only the machine or the database is in trouble: after a power cut the database may rise
 * later than Okno, and nobody is there to start it again. Meanwhile `/healthz` says that the process lives, `/readyz` and everything else
 * that it has to wait, and for what. The port is free again before `start` runs.
 *
 * @throws what `start` throws for any other reason, such as a wrong password: waiting would not mend that
 */
export async function startWithPatience<Result>(start: () => Promise<Result>, waiting: Waiting): Promise<Result> {
  const { log, port, retryMs = RETRY_MS } = waiting
  const began = Date.now()
  let remindAt = 0
  for (;;) {
    try {
      const result = await start()
      if (remindAt > 0) log.info({ seconds: Math.round((Date.now() - began) / 1000) }, 'start: the database is back')
      return result
    } catch (error) {
      if (!isOutage(error)) throw error
      if (Date.now() >= remindAt) {
        log.error({ err: error }, 'start: waiting for the database, and trying again until it answers')
        remindAt = Date.now() + REMIND_MS
      }
      const stopAnswering = port === undefined ? undefined : await answerMeanwhile(port)
      await delay(retryMs)
      await stopAnswering?.()
    }
  }
}

/** A server that knows one thing only. Returns how to end it. */
async function answerMeanwhile(port: number): Promise<() => Promise<void>> {
  const detail =
    'Okno waits for PostgreSQL, which does not answer; the log says why. It starts by itself when it answers.'
  const server = createServer((request, response) => {
    const isAlive = request.url === '/healthz'
    const body = isAlive
      ? { status: 'ok' }
      : { status: 'not ready', parts: [{ part: 'database', isHealthy: false, detail }] }
    response
      .writeHead(isAlive ? 200 : 503, { 'content-type': 'application/json', 'retry-after': '5', connection: 'close' })
      .end(JSON.stringify(body))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '0.0.0.0', resolve)
  })
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
}
