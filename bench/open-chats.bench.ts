import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { freePort } from '#platform/server/free-port'
import { report, round, summarise } from './support/figures.ts'
import { startOkno, startProcess } from './support/okno.ts'

/**
 * P8: many open site chats on one process. Memory of each, and how long an operator's answer takes from the call of the API until it
 * stands in the visitor's browser. The floor is bare socket.io with as many connections, told by HTTP, storing nothing. Visitors' browsers are
 * another process.
 */
const CHATS = Number(process.env.CHATS ?? 10_000)
const TALKERS = Math.min(500, CHATS)
/** A steady pace of some forty busy operators: how fast answers can be poured in is another question (P7). */
const ANSWERS_PER_SECOND = 20

const okno = await startOkno()
try {
  const account = await okno.call<{ key: string }>('POST', '/accounts', { kind: 'webchat', name: 'Bench', config: {} })
  const visitors = await startVisitors(okno.url, account.key)
  await visitors.order({ open: 200 })
  const before = await okno.memory()
  const began = performance.now()
  await visitors.order({ open: CHATS })
  const openSeconds = (performance.now() - began) / 1000
  const bytesEach = ((await okno.memory()) - before) / CHATS

  const talkBegan = performance.now()
  await visitors.order({ talk: TALKERS })
  const talkSeconds = (performance.now() - talkBegan) / 1000
  await answerAll()
  await visitors.answers(TALKERS)
  visitors.stop()
  const floor = await measureFloor()

  await report('open-chats', {
    'open chats': CHATS,
    'opened per second': round(CHATS / openSeconds),
    'memory of each, kB': round(bytesEach / 1024),
    'visitors’ messages per second': round(TALKERS / talkSeconds),
    answers: TALKERS,
    'answer to the browser, ms': summarise(visitors.latencies),
    'floor memory of each, kB': round(floor.bytesEach / 1024),
    'floor ms': floor.latencies,
    'times the floor’s memory': round(bytesEach / floor.bytesEach),
  })
} finally {
  await okno.stop()
}

async function measureFloor() {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const floor = await startProcess('bench/support/floor-chats-server.ts', url, { PORT: String(port) })
  const visitors = await startVisitors(url, 'bench')
  await visitors.order({ open: 200 })
  const before = await floor.memory()
  await visitors.order({ open: CHATS })
  const bytesEach = ((await floor.memory()) - before) / CHATS
  for (let n = 0; n < TALKERS; n++) {
    await fetch(`${url}/say/${n}/${Date.now()}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await visitors.answers(TALKERS)
  visitors.stop()
  await floor.stop()
  return { bytesEach, latencies: summarise(visitors.latencies) }
}

async function answerAll() {
  const calls: Promise<unknown>[] = []
  for (const id of await conversations()) {
    calls.push(okno.call('POST', `/conversations/${id}/replies`, { text: String(Date.now()) }))
    await new Promise((resolve) => setTimeout(resolve, 1000 / ANSWERS_PER_SECOND))
  }
  await Promise.all(calls)
}

async function conversations(): Promise<string[]> {
  for (;;) {
    const rows = await okno.query<{ id: string }>('select id from inbox.conversations')
    if (rows.length >= TALKERS) return rows.map(({ id }) => id)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function startVisitors(url: string, key: string) {
  const child = fork(path.join(import.meta.dirname, 'support/chat-visitors.ts'), [url, key])
  const latencies: number[] = []
  child.on('message', (message: { latencyMs?: number }) => {
    if (message.latencyMs !== undefined) latencies.push(message.latencyMs)
  })
  return {
    latencies,
    stop: () => child.kill(),
    order: async (order: { open: number } | { talk: number }) => {
      child.send(order)
      for (;;) {
        const [message] = (await once(child, 'message')) as [{ done?: true; failed?: string }]
        if (message.failed) throw new Error(message.failed)
        if (message.done) return
      }
    },
    answers: async (count: number) => {
      const end = Date.now() + 60_000
      while (latencies.length < count && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50))
    },
  }
}
