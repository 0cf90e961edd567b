import { setTimeout as delay } from 'node:timers/promises'
import { Pool } from 'undici'
import { freePort } from '#platform/server/free-port'
import { report, round, summarise } from './support/figures.ts'
import { type BenchOkno, startOkno, startProcess } from './support/okno.ts'
import { signInOperators } from './support/operators.ts'
import { atPace, clockMs } from './support/pace.ts'
import { startWindows } from './support/windows.ts'

/**
 * P2: from a stored message to the operators' open windows, under a steady stream of messages by webhook. Measured from the acknowledgement
 * until a window, in a process of its own, is told. One message of ten is from a new person: everybody hears of it until it is
 * routed. The floor is a durable insert with a notification, passed to as many open streams. `PEOPLE` sets a company of that size behind it.
 */
const OPERATORS = 50
const PER_SECOND = 200
const SECONDS = Number(process.env.RUN_SECONDS ?? 30)
const REGULARS = 2000
const PEOPLE = Number(process.env.PEOPLE ?? 0)

const okno = PEOPLE > 0 ? await oknoOfCompany() : await startOkno()
const windows = startWindows()
try {
  const account = await okno.call<{ id: string; key: string }>('POST', '/accounts', {
    kind: 'api',
    name: 'P2',
    config: {},
  })
  await windows.ask({ open: { url: okno.url, cookies: await signInOperators(okno, OPERATORS) } })
  const count = PER_SECOND * SECONDS
  await sendAll(okno.url, `/in/${account.key}`, REGULARS, (n) => messageOf(n, n))
  await delay(2000)
  // As autovacuum does within a minute of the first rows.
  await okno.query('analyze')
  await windows.ask({})

  const writer = (n: number) => (n % 10 === 0 ? REGULARS + n : (n * 7919) % REGULARS)
  const acknowledged = await sendAll(okno.url, `/in/${account.key}`, count, (n) => messageOf(REGULARS + n, writer(n)))
  await delay(3000)
  const { heard, shown, listReads } = await windows.ask({})
  const names = await namesOf(okno, account.id)
  const latencies = heard.flatMap(({ id, atMs }) => {
    const ackMs = acknowledged.get(names.get(id) ?? '')?.ackMs
    return ackMs === undefined ? [] : [Math.max(0, atMs - ackMs)]
  })
  const toldOf = new Set(heard.map(({ id }) => names.get(id)))
  const floor = await measureFloor(count)

  await report(PEOPLE > 0 ? `screens-${PEOPLE}` : 'screens', {
    'people stored before': PEOPLE,
    windows: OPERATORS,
    'messages per second': PER_SECOND,
    messages: count,
    'messages no window was told of': [...acknowledged.keys()].filter((name) => !toldOf.has(name)).length,
    'told windows': latencies.length,
    'stored to window ms': summarise(latencies),
    'acknowledgement ms': summarise([...acknowledged.values()].map(({ ackMs, sentMs }) => ackMs - sentMs)),
    'told to text fetched ms': summarise(shown),
    'readings of queue, day and counts per second': round(listReads / SECONDS),
    'floor ms': floor,
    'median / floor': round(summarise(latencies).median / floor.median),
  })
} finally {
  windows.stop()
  await okno.stop()
}

/** Loaded only here: without a company nothing of it is needed. */
async function oknoOfCompany(): Promise<BenchOkno> {
  const { openCompany } = await import('./support/company.ts')
  return (await openCompany(PEOPLE, { copy: true })).okno
}

async function measureFloor(count: number) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = { DATABASE_URL: okno.databaseUrl, PORT: String(port) }
  const floor = await startProcess('bench/support/floor-screens-server.ts', `${url}/ready`, env)
  const screens = startWindows()
  await screens.ask({ openBare: { url, count: OPERATORS } })
  const acknowledged = await sendAll(url, '/in', count, (n) => messageOf(n, n))
  await delay(500)
  const { heard } = await screens.ask({})
  screens.stop()
  await floor.stop()
  return summarise(heard.map(({ id, atMs }) => Math.max(0, atMs - (acknowledged.get(id)?.ackMs ?? Number.NaN))))
}

async function sendAll(url: string, path: string, count: number, messageAt: (n: number) => { id: string }) {
  const pool = new Pool(url, { connections: 32 })
  const acknowledged = new Map<string, { sentMs: number; ackMs: number }>()
  await atPace(PER_SECOND, count, async (n) => {
    const message = messageAt(n)
    const sentMs = clockMs()
    const answer = await pool.request({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
    })
    await answer.body.dump()
    if (answer.statusCode >= 300) throw new Error(`${path}: ${answer.statusCode}`)
    acknowledged.set(message.id, { sentMs, ackMs: clockMs() })
  })
  await pool.close()
  return acknowledged
}

function messageOf(n: number, person: number) {
  return {
    id: `p2-${n}`,
    thread: `p2-${person}`,
    from: { id: `p2-${person}`, name: `Клиент ${person}` },
    text: `Здравствуйте! Где мой заказ № ${n}? Жду уже третий день.`,
    sentAt: new Date().toISOString(),
  }
}

/** Under which name the sender knows a message, by Okno's id. */
async function namesOf(target: BenchOkno, accountId: string): Promise<Map<string, string>> {
  const rows = await target.query<{ id: string; name: string }>(
    `select id, provider_id as name from inbox.messages where account_id = $1 and direction = 'in'`,
    [accountId],
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
