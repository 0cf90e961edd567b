import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { freePort } from '#platform/server/free-port'
import { report, round, summarise } from './support/figures.ts'
import { load } from './support/load.ts'
import { type BenchOkno, startOkno } from './support/okno.ts'

/**
 * P1: messages by webhook from many people until each is stored, its person and conversation known, and routed.
 * The floor is Fastify with one durable insert per request: same client, same PostgreSQL, same run. `PEOPLE` sets a company of that size behind it.
 */
const WRITERS = 10_000
const PEOPLE = Number(process.env.PEOPLE ?? 0)
const MESSAGES = Number(process.env.MESSAGES ?? 30_000)
const CONNECTIONS = 64

const okno = PEOPLE > 0 ? await oknoOfCompany() : await startOkno()
try {
  const before = await countIncoming()
  const account = await okno.call<{ id: string; key: string }>('POST', '/accounts', {
    kind: 'api',
    name: 'Bench',
    config: {},
  })
  const send = (count: number, offset: number) =>
    load(okno.url, {
      connections: CONNECTIONS,
      count,
      request: (n) => ({ path: `/in/${account.key}`, body: JSON.stringify(message(offset + n)) }),
    })

  await send(2000, 0)
  await untilStored(before + 2000)
  // As autovacuum does within a minute of the first rows: until then checks of foreign keys may go by any index, as chance has it.
  await okno.query('analyze')
  const began = performance.now()
  const { latencies, seconds } = await send(MESSAGES, 2000)
  await untilStored(before + 2000 + MESSAGES)
  const allSeconds = (performance.now() - began) / 1000
  const floor = await measureFloor(okno)

  const perSecond = MESSAGES / allSeconds
  await report(PEOPLE > 0 ? `intake-${PEOPLE}` : 'intake', {
    'people stored before': PEOPLE,
    messages: MESSAGES,
    writers: WRITERS,
    'acknowledged per second': round(MESSAGES / seconds),
    'in conversations per second': round(perSecond),
    'acknowledgement ms': summarise(latencies),
    'floor per second': round(floor.perSecond),
    'floor ms': floor.latencies,
    'share of the floor': `${round((perSecond / floor.perSecond) * 100)} %`,
  })
} finally {
  await okno.stop()
}

function message(n: number) {
  const person = n % WRITERS
  return {
    id: `m${n}`,
    thread: `t${person}`,
    from: { id: `u${person}`, name: `Клиент ${person}` },
    text: `Здравствуйте! Где мой заказ № ${n}? Жду уже третий день.`,
    sentAt: new Date().toISOString(),
  }
}

/** Waits until nothing is left to read, by the index that the reader uses: counting would take its share of the machine. */
async function untilStored(count: number) {
  const isDone = async () => {
    const [row] = await okno.query<{ isDone: boolean }>(
      `select not exists (select from channels.arrivals where state = 'new') as "isDone"`,
    )
    return row?.isDone
  }
  while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve, 20))
  const stored = await countIncoming()
  if (stored !== count) throw new Error(`${stored} messages are stored instead of ${count}.`)
}

async function countIncoming(): Promise<number> {
  const [row] = await okno.query<{ count: number }>(
    `select count(*)::int as count from inbox.messages where direction = 'in'`,
  )
  return row?.count ?? 0
}

async function oknoOfCompany(): Promise<BenchOkno> {
  const { openCompany } = await import('./support/company.ts')
  return (await openCompany(PEOPLE, { copy: true })).okno
}

async function measureFloor({ databaseUrl }: BenchOkno) {
  const port = await freePort()
  const floor = fork(path.join(import.meta.dirname, 'support/floor-server.ts'), {
    env: { ...process.env, DATABASE_URL: databaseUrl, PORT: String(port) },
  })
  await once(floor, 'message')
  const run = (count: number) =>
    load(`http://127.0.0.1:${port}`, {
      connections: CONNECTIONS,
      count,
      request: (n) => ({ path: '/in', body: JSON.stringify(message(n)) }),
    })
  await run(2000)
  const { latencies, seconds } = await run(MESSAGES)
  const ended = once(floor, 'exit')
  floor.kill('SIGTERM')
  await ended
  return { perSecond: MESSAGES / seconds, latencies: summarise(latencies) }
}
