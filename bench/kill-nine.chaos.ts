import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { findRunningPostgres } from '../platform/server/embedded-postgres.ts'
import { report } from './support/figures.ts'

/**
 * As installed, with the embedded database: kills the server and PostgreSQL in turn, without warning, while customers write; each goes on only when a message was
 * acknowledged and repeats it until then, as a provider does. In the end every acknowledged message must be in its
 * conversation once and in order.
 */
const KILLS = Number(process.env.KILLS ?? 8)
const CUSTOMERS = 16
const KEY = 'okno_chaos_key_of_the_first_administrator'
const RETRY_MS = 50
const PATIENCE_MS = 120_000

const dataDir = await mkdtemp(path.join(tmpdir(), 'okno-chaos-'))
await chmod(dataDir, 0o755)
const port = 20_000 + Math.floor(Math.random() * 20_000)
const url = `http://127.0.0.1:${port}`

let server = start()
let isOver = false
try {
  await untilReady()
  const account = await createAccount()
  const talking = Array.from({ length: CUSTOMERS }, (_, customer) => talk(account.key, customer))
  for (let kill = 0; kill < KILLS; kill++) {
    await delay(1500 + Math.random() * 2000)
    await (kill % 2 === 0 ? killServer() : killPostgres())
    await untilReady()
  }
  isOver = true
  const talks = await Promise.all(talking)
  const { lost, repeated, disordered } = await compare(talks)

  await report('kill-nine', {
    kills: KILLS,
    acknowledged: talks.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    'sent again': talks.reduce((sum, { sentAgain }) => sum + sentAgain, 0),
    lost,
    repeated,
    'out of order': disordered,
  })
  process.exitCode = lost + repeated + disordered > 0 ? 1 : 0
} finally {
  isOver = true
  if (server.exitCode === null) {
    const ended = once(server, 'exit')
    server.kill('SIGTERM')
    await ended
  }
  await rm(dataDir, { recursive: true, force: true })
}

function start(): ChildProcess {
  return spawn(process.execPath, ['app/server/main.ts'], {
    cwd: path.resolve(import.meta.dirname, '..'),
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      OKNO_DATA_DIR: dataDir,
      OKNO_SMTP_PORT: 'off',
      OKNO_DEMO: '0',
      OKNO_API_KEY: KEY,
      OKNO_LOG_LEVEL: 'silent',
    },
  })
}

async function killServer() {
  const ended = once(server, 'exit')
  server.kill('SIGKILL')
  await ended
  server = start()
}

async function killPostgres() {
  const note = await readFile(path.join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8')
  process.kill(Number(note.split('\n')[0]), 'SIGKILL')
}

async function untilReady() {
  const deadline = Date.now() + PATIENCE_MS
  while (!(await isReady())) {
    if (server.exitCode !== null) throw new Error('Okno ended by itself.')
    if (Date.now() > deadline) throw new Error('Okno did not come back.')
    await delay(RETRY_MS)
  }
}

function isReady(): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function createAccount(): Promise<{ key: string }> {
  const response = await fetch(`${url}/api/v1/accounts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'api', name: 'Chaos', config: {} }),
  })
  if (!response.ok) throw new Error(`The account was refused: ${await response.text()}`)
  // The shape that the API's description promises.
  return (await response.json()) as { key: string }
}

/** One customer who writes as fast as answers come. */
async function talk(key: string, customer: number) {
  let acknowledged = 0
  let sentAgain = 0
  while (!isOver) {
    while (!(await send(key, customer, acknowledged))) {
      if (isOver) return { customer, acknowledged, sentAgain }
      sentAgain++
      await delay(RETRY_MS)
    }
    acknowledged++
  }
  return { customer, acknowledged, sentAgain }
}

function send(key: string, customer: number, n: number): Promise<boolean> {
  return fetch(`${url}/in/${key}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      id: `${customer}-${n}`,
      thread: `thread ${customer}`,
      from: { id: `customer ${customer}` },
      text: `${customer} ${n}`,
    }),
    signal: AbortSignal.timeout(10_000),
  }).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function compare(talks: readonly { customer: number; acknowledged: number }[]) {
  const expected = talks.flatMap(({ customer, acknowledged }) =>
    Array.from({ length: acknowledged }, (_, n) => `${customer} ${n}`),
  )
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const texts = await storedTexts()
    const found = new Set(texts)
    const lost = expected.filter((text) => !found.has(text)).length
    if (lost === 0 || Date.now() > deadline) {
      return { lost, repeated: texts.length - found.size, disordered: countDisordered(texts) }
    }
    await delay(500)
  }
}

/** Texts of all messages, conversation by conversation in their order. */
async function storedTexts(): Promise<string[]> {
  const client = new pg.Client(findRunningPostgres(dataDir))
  await client.connect()
  try {
    const { rows } = await client.query<{ text: string }>(
      `select text from inbox.messages where direction = 'in' order by conversation_id, seq`,
    )
    return rows.map(({ text }) => text)
  } finally {
    await client.end()
  }
}

function countDisordered(texts: readonly string[]): number {
  const last = new Map<string, number>()
  return texts.filter((text) => {
    const [customer = '', n] = text.split(' ')
    const isLate = Number(n) < (last.get(customer) ?? -1)
    last.set(customer, Number(n))
    return isLate
  }).length
}
