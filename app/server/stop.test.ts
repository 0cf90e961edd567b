import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '#platform/server/free-port'
import { openShop, type Shop } from '../../tests/support/api-channel.ts'
import { freshDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { API_KEY, eventually, type TestOkno } from '../../tests/support/platform.ts'

const STOPS_WITHIN_MS = 10_000

let database: TestDatabase
let dataDir: string
let okno: ChildProcess
let url: string
let smtpPort: number
let shop: Shop
beforeAll(async () => {
  database = await freshDatabase()
  dataDir = await mkdtemp(path.join(tmpdir(), 'okno-stop-'))
  const port = await freePort()
  smtpPort = await freePort()
  url = `http://127.0.0.1:${port}`
  okno = spawn(process.execPath, ['app/server/main.ts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      DATABASE_URL: database.url,
      OKNO_DATA_DIR: dataDir,
      OKNO_PUBLIC_URL: url,
      OKNO_SMTP_PORT: String(smtpPort),
      OKNO_API_KEY: API_KEY,
      OKNO_DEMO: '0',
      OKNO_LOG_LEVEL: 'silent',
    },
  })
  await eventually(
    () =>
      fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    30_000,
  )
  shop = await openShop({ url, call })
})
afterAll(async () => {
  okno.kill('SIGKILL')
  await shop?.close()
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

const call: TestOkno['call'] = async (method, address, body) => {
  const response = await fetch(`${url}/api/v1${address}`, {
    method,
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: await response.json() }
}

/** An SMTP client in the middle of its mail. `finish` sends the rest and resolves with the last answer. */
async function inTheMiddleOfAMail(): Promise<{ finish(): Promise<string> }> {
  const socket: Socket = connect(smtpPort, '127.0.0.1')
  let heard = ''
  socket.setEncoding('utf8').on('data', (text: string) => {
    heard += text
  })
  const answer = async (code: string) => {
    await eventually(() => heard.includes(`${code} `))
    heard = ''
  }
  await answer('220')
  for (const [line, code] of [
    ['EHLO client.example', '250'],
    ['MAIL FROM:<irina@example.com>', '250'],
    ['RCPT TO:<support@shop.test>', '250'],
    ['DATA', '354'],
  ] as const) {
    socket.write(`${line}\r\n`)
    await answer(code)
  }
  socket.write('From: irina@example.com\r\nTo: support@shop.test\r\nSubject: Half\r\n\r\nThe first half\r\n')
  return {
    finish: async () => {
      socket.write('and the second.\r\n.\r\n')
      await eventually(() => heard.includes('\r\n'))
      socket.destroy()
      return heard
    },
  }
}

test('whoever is told to stop finishes what it has begun, loses nothing, and is gone within ten seconds', async () => {
  await call('POST', '/accounts', { kind: 'email', name: 'Почта', address: 'support@shop.test' })
  await shop.write('Где заказ?')
  const conversation = await shop.conversation()
  // A provider that takes the answer and then says nothing, a window that listens, a request and a mail in their middle.
  shop.receiver.behave({ kind: 'answer', status: 200, delayMs: 60_000 })
  await call('POST', `/conversations/${conversation}/replies`, { text: 'В пути' })
  await eventually(() => shop.receiver.calls.length > 0)
  const window = io(`${url}/operators`, { extraHeaders: { authorization: `Bearer ${API_KEY}` }, reconnection: false })
  await new Promise((resolve) => window.once('hello', resolve))
  const closed = new Promise((resolve) => window.once('disconnect', resolve))
  const stream = await fetch(`${url}/api/v1/events`, { headers: { authorization: `Bearer ${API_KEY}` } })
  const told = Promise.withResolvers<void>()
  const request = shop.write('Ещё вопрос', '2', {}, told.promise)
  const mail = await inTheMiddleOfAMail()

  const exit = once(okno, 'exit')
  const asked = performance.now()
  okno.kill('SIGTERM')
  await eventually(() =>
    fetch(`${url}/healthz`).then(
      () => false,
      () => true,
    ),
  )
  told.resolve()
  await request
  expect(await mail.finish()).toMatch(/^250 /)
  await stream.text()
  await closed
  expect(await exit).toEqual([0, null])
  expect(performance.now() - asked).toBeLessThan(STOPS_WITHIN_MS)

  const client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  const { rows } = await client.query(`select
    (select count(*)::int from channels.arrivals) as arrivals,
    (select array_agg(state || ' ' || attempts) from channels.deliveries) as deliveries`)
  await client.end()
  // The answer was handed over and its fate is not known: the next process settles it, and it is not sent again as if nothing had been.
  expect(rows[0]).toEqual({ arrivals: 3, deliveries: ['sending 1'] })
})
