import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '#platform/server/free-port'
import { report, round, spread } from './support/figures.ts'
import { startOkno, startProcess } from './support/okno.ts'

/**
 * P6: what Okno costs while nothing happens: memory of the whole product without the database, and the time from starting the process until
 * it serves. The floor is a bare Fastify started the same way.
 */
const STARTS = Number(process.env.STARTS ?? 6)
/** After this time what a start leaves behind was collected and the first looks for work are over. */
const SETTLE_MS = 10_000

const okno = await startOkno()
try {
  const starts: number[] = []
  const fresh: number[] = []
  const settled: number[] = []
  for (let n = 0; n < STARTS; n++) {
    starts.push(await okno.restart())
    fresh.push(megabytes(await okno.memory()))
    await delay(SETTLE_MS)
    settled.push(megabytes(await okno.memory()))
  }
  const floor = await measureFloor()
  await report('idle', {
    starts: STARTS,
    'start to ready ms': spread(starts),
    'first start, makes the tables, ms': round(okno.startMs),
    'memory when ready MB': spread(fresh),
    'memory when settled MB': spread(settled),
    'floor start ms': spread(floor.starts),
    'floor memory MB': spread(floor.settled),
    'times the floor’s memory': round(spread(settled).median / spread(floor.settled).median),
    'times the floor’s start': round(spread(starts).median / spread(floor.starts).median),
  })
} finally {
  await okno.stop()
}

async function measureFloor() {
  const port = await freePort()
  const starts: number[] = []
  const settled: number[] = []
  for (let n = 0; n < STARTS; n++) {
    const floor = await startProcess('bench/support/bare-server.ts', `http://127.0.0.1:${port}/readyz`, {
      PORT: String(port),
    })
    starts.push(floor.startMs)
    await delay(1000)
    settled.push(megabytes(await floor.memory()))
    await floor.stop()
  }
  return { starts, settled }
}

function megabytes(bytes: number): number {
  return bytes / 1024 / 1024
}
