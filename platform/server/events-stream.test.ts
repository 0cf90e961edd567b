import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import type { Actor } from '#platform/shared/actor'
import { defineEvent } from '#platform/shared/events'
import { newId } from '#platform/shared/ids'
import { freshDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { eventually } from '../../tests/support/eventually.ts'
import { readConfig } from './config.ts'
import { currentCursor } from './events.queries.ts'
import { eventStream } from './events-stream.ts'
import { openPlatform, type Platform } from './platform.ts'

const happened = defineEvent('test.happened', z.object({ n: z.number(), words: z.string() }))
const workspaceId = newId()
const anna: Actor = { workspaceId, operatorId: newId(), name: 'Anna', role: 'operator', teamIds: [], can: () => true }
const BEAT_MS = 20_000
const LONG = 'x'.repeat(64 * 1024)

let source: TestDatabase
let dataDir: string
let platform: Platform
let port: number
/** Who the readers are; null = nobody any more. */
let reader: Actor | null = anna
const answers: ServerResponse[] = []
const errors: unknown[] = []

beforeAll(async () => {
  source = await freshDatabase()
  dataDir = await mkdtemp(path.join(tmpdir(), 'okno-stream-'))
  const env = { OKNO_DATA_DIR: dataDir, PORT: '0', OKNO_LOG_LEVEL: 'warn', OKNO_SECRET_KEY: '07'.repeat(32) }
  platform = openPlatform(readConfig(env), source.url)
  platform.http.setAuthenticate(async () => reader)
  eventStream(platform)
  platform.http.server.on('request', (_request, response: ServerResponse) => {
    answers.push(response)
    response.on('error', (error) => errors.push(error))
  })
  await platform.bus.start()
  await platform.live.start()
  port = Number(new URL(await platform.http.listen({ port: 0, host: '127.0.0.1' })).port)
  await platform.database.pool.query(`insert into platform.workspaces (id, name) values ($1, 'Own')`, [workspaceId])
})
afterEach(() => {
  vi.useRealTimers()
  reader = anna
  answers.length = 0
})
afterAll(async () => {
  await platform.live.stop()
  await platform.http.close()
  await platform.bus.stop()
  await platform.close()
  await source.drop()
  await rm(dataDir, { recursive: true, force: true })
})

/** A reader that takes nothing until `take` is called. */
async function listen(after?: string) {
  const socket: Socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.pause()
  socket.write(
    `GET /api/v1/events${after ? `?after=${after}` : ''} HTTP/1.1\r\nhost: okno\r\nconnection: close\r\n\r\n`,
  )
  let text = ''
  socket.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
  })
  socket.pause()
  const response = await eventually(() => answers.find((answer) => answer.headersSent))
  return {
    socket,
    response,
    take: () => socket.resume(),
    numbers: () => [...text.matchAll(/"n": ?(\d+)/g)].map(([, n]) => Number(n)),
  }
}

const tell = (numbers: readonly number[], words = '') =>
  platform.transaction(workspaceId, async (tx) => {
    for (const n of numbers) await platform.events.publish(tx, anna, happened, { n, words })
  })
/** Resolves when this process has passed it on to its readers. */
const heard = (n: number) =>
  new Promise<void>((resolve) => {
    const stop = platform.live.onEvents((events) => {
      if (!events.some(({ data }) => (data as { n: number }).n === n)) return
      stop()
      resolve()
    })
  })
const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i)

test('a reader that takes slowly what it missed gets all of it by one connection', async () => {
  const after = await platform.database.system(currentCursor)
  // Three times what may lie unread, in more than one reading.
  for (let n = 0; n < 600; n += 50) await tell(range(n, 50), 'x'.repeat(20 * 1024))
  const late = await listen(after)

  await eventually(() => late.response.writableNeedDrain || late.response.destroyed)
  await tell([600])
  late.take()

  await expect.poll(() => late.numbers().length, { timeout: 30_000 }).toBe(601)
  expect(late.numbers()).toEqual(range(0, 601))
  late.socket.destroy()
})

test('a reader who is nobody any more hears nothing from the next beat on, however much of the old it has not taken', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const idle = await listen()
  for (let n = 0; idle.response.writableLength === 0; n++) {
    const isHeard = heard(n)
    await tell([n], LONG)
    await isHeard
  }
  reader = null
  vi.advanceTimersByTime(BEAT_MS)
  await eventually(() => idle.response.writableEnded)

  // Each by itself: the first word behind the end is told to the answer, the second would end the process.
  for (const n of [1_000_001, 1_000_002]) {
    const isHeard = heard(n)
    await tell([n])
    await isHeard
  }

  expect(errors).toEqual([])
  idle.take()
  await once(idle.socket, 'end')
  expect(idle.numbers().filter((n) => n > 1_000_000)).toEqual([])
  idle.socket.destroy()
})

test('a reader whose rights have changed hears by the new ones at once', async () => {
  reader = { ...anna, teamIds: ['red'] }
  const open = await listen()
  open.take()
  const publish = (n: number, audience: string[]) =>
    platform.transaction(workspaceId, (tx) =>
      platform.events.publish(tx, anna, happened, { n, words: '' }, { audience }),
    )
  await publish(1, ['team:red'])
  await expect.poll(open.numbers).toEqual([1])

  reader = anna
  platform.live.lookAgain(String(anna.operatorId))
  await publish(2, ['team:red'])
  await publish(3, [`operator:${anna.operatorId}`])

  await expect.poll(open.numbers).toEqual([1, 3])
  reader = null
  platform.live.lookAgain(String(anna.operatorId))
  await once(open.socket, 'end')
  open.socket.destroy()
})
