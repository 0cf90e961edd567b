import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import type { Actor } from '#platform/shared/actor'
import { isLaterCursor } from '#platform/shared/event-cursor'
import { defineEvent } from '#platform/shared/events'
import { newId } from '#platform/shared/ids'
import { freshDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { readConfig } from './config.ts'
import { EVERYBODY } from './events.ts'
import { mayHear } from './live.ts'
import { openPlatform, type Platform } from './platform.ts'

const happened = defineEvent('test.happened', z.object({ n: z.number() }))
const workspaceId = newId()
const anna: Actor = {
  workspaceId,
  operatorId: newId(),
  name: 'Anna',
  role: 'operator',
  teamIds: ['red'],
  can: () => true,
}
const boris: Actor = {
  workspaceId,
  operatorId: newId(),
  name: 'Boris',
  role: 'operator',
  teamIds: ['blue'],
  can: () => true,
}

/** Of whom no word will come that she changed. */
let vera: Actor | null = null

let source: TestDatabase
let one: Platform
let two: Platform
const addresses = new Map<Platform, string>()

async function startProcess(): Promise<Platform> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'okno-live-'))
  const config = readConfig({
    OKNO_DATA_DIR: dataDir,
    PORT: '0',
    OKNO_LOG_LEVEL: 'warn',
    OKNO_SECRET_KEY: '07'.repeat(32),
  })
  const platform = openPlatform(config, source.url)
  platform.live.setAuthenticate(async ({ authorization }) =>
    authorization === 'anna' ? anna : authorization === 'boris' ? boris : authorization === 'vera' ? vera : null,
  )
  await platform.bus.start()
  await platform.live.start()
  addresses.set(platform, await platform.http.listen({ port: 0, host: '127.0.0.1' }))
  return platform
}

beforeAll(async () => {
  source = await freshDatabase()
  one = await startProcess()
  two = await startProcess()
  await one.database.pool.query(`insert into platform.workspaces (id, name) values ($1, 'Own')`, [workspaceId])
})
afterAll(async () => {
  for (const platform of [one, two]) {
    await platform.live.stop()
    await platform.http.close()
    await platform.bus.stop()
    await platform.database.close()
  }
  await source.drop()
})

interface Heard {
  cursor: string
  data: { n: number }
}

/** A window of an operator: collects what it hears. */
function openWindow(
  platform: Platform,
  who: string,
  after?: string,
  headers: Record<string, string> = {},
  more: Record<string, unknown> = {},
) {
  const socket: Socket = io(`${addresses.get(platform)}/operators`, {
    transports: ['websocket'],
    extraHeaders: { authorization: who, ...headers },
    auth: after === undefined ? more : { after, ...more },
    forceNew: true,
    reconnection: false,
  })
  const heard: Heard[] = []
  let cursor = after
  const hear = (event: Heard) => {
    // As every window does: its process may hear late, or once more, of what the greeting already covered.
    if (cursor !== undefined && !isLaterCursor(event.cursor, cursor)) return
    cursor = event.cursor
    heard.push(event)
  }
  socket.on('event', hear)
  socket.on('events', (events: Heard[]) => events.forEach(hear))
  const hello = new Promise<{ cursor: string; isComplete: boolean }>((resolve, reject) => {
    socket.on('hello', (greeting: { cursor: string; isComplete: boolean }) => {
      cursor = greeting.cursor
      resolve(greeting)
    })
    socket.on('connect_error', reject)
  })
  return { socket, heard, hello }
}

const publish = (platform: Platform, n: number, audience?: string[]) =>
  platform.transaction(workspaceId, (tx) => platform.events.publish(tx, anna, happened, { n }, { audience }))

const numbers = (heard: Heard[]) => heard.map((event) => event.data.n)

test('a window at one process hears, in order and once, what another process commits', async () => {
  const window = openWindow(one, 'anna')
  await window.hello

  for (const n of [1, 2, 3]) await publish(two, n)

  await expect.poll(() => numbers(window.heard)).toEqual([1, 2, 3])
  window.socket.close()
})

test('what one transaction tells comes to a window together, in order, and only what it may hear', async () => {
  const own = openWindow(one, 'anna', undefined, {}, { many: true })
  const other = openWindow(one, 'boris', undefined, {}, { many: true })
  const loadedBefore = openWindow(one, 'anna')
  await Promise.all([own.hello, other.hello, loadedBefore.hello])
  const packets: number[][] = []
  own.socket.on('events', (events: Heard[]) => packets.push(numbers(events)))

  await one.transaction(workspaceId, async (tx) => {
    await one.events.publish(tx, anna, happened, { n: 4 })
    await one.events.publish(tx, anna, happened, { n: 5 }, { audience: ['team:red'] })
    await one.events.publish(tx, anna, happened, { n: 6 })
  })

  await expect.poll(() => packets).toEqual([[4, 5, 6]])
  await expect.poll(() => numbers(other.heard)).toEqual([4, 6])
  await expect.poll(() => numbers(loadedBefore.heard)).toEqual([4, 5, 6])
  for (const { socket } of [own, other, loadedBefore]) socket.close()
})

test('after a break a window gets what it missed', async () => {
  const before = openWindow(one, 'anna')
  await before.hello
  await publish(one, 10)
  await expect.poll(() => numbers(before.heard)).toEqual([10])
  before.socket.close()
  await publish(two, 11)
  await publish(one, 12)

  const after = openWindow(two, 'anna', before.heard.at(-1)?.cursor)

  expect(await after.hello).toMatchObject({ isComplete: true })
  await expect.poll(() => numbers(after.heard)).toEqual([11, 12])
  after.socket.close()
})

test('what happens while a window is greeted comes behind what it missed, and before the greeting', async () => {
  const before = openWindow(two, 'anna')
  const { cursor } = await before.hello
  await publish(two, 13)
  await expect.poll(() => numbers(before.heard)).toEqual([13])
  // The process tells others while the greeting waits for a connection.
  const { pool } = two.database
  const busy = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()))
  const after = openWindow(two, 'anna', cursor)
  const heardAtGreeting = after.hello.then(() => numbers(after.heard))
  await expect.poll(() => pool.waitingCount).toBeGreaterThan(0)
  await publish(one, 14)
  await expect.poll(() => numbers(before.heard)).toEqual([13, 14])
  expect(after.heard).toEqual([])
  for (const client of busy) client.release()

  expect(await heardAtGreeting).toEqual([13, 14])
  await publish(one, 15)
  await expect.poll(() => numbers(after.heard)).toEqual([13, 14, 15])
  for (const { socket } of [before, after]) socket.close()
})

test('a cursor that cannot be continued is told to load afresh', async () => {
  const window = openWindow(one, 'anna', '1-1')

  expect(await window.hello).toMatchObject({ isComplete: false })
  window.socket.close()
})

test('events go to their audience only', async () => {
  const [red, blue] = [openWindow(one, 'anna'), openWindow(two, 'boris')]
  await Promise.all([red.hello, blue.hello])

  await publish(one, 20, ['team:red'])
  await publish(one, 21, ['team:blue', 'supervisors'])
  await publish(one, 22)

  await expect.poll(() => numbers(red.heard)).toEqual([20, 22])
  await expect.poll(() => numbers(blue.heard)).toEqual([21, 22])
  red.socket.close()
  blue.socket.close()
})

test('nobody connects without being known', async () => {
  await expect(openWindow(one, 'stranger').hello).rejects.toThrow('access.sign_in_required')
})

test('what everybody of a workspace may hear, nobody of another one does', () => {
  const event = {
    cursor: '1',
    workspaceId,
    name: 'test.happened',
    data: {},
    actor: { operatorId: null, name: '' },
    audience: [EVERYBODY],
    at: new Date(),
  }

  expect(mayHear(anna, event)).toBe(true)
  expect(mayHear({ ...anna, workspaceId: newId() }, event)).toBe(false)
})

test('a page of another site opens no window, our own does', async () => {
  await expect(openWindow(one, 'anna', undefined, { origin: 'https://evil.example' }).hello).rejects.toThrow(
    'access.sign_in_required',
  )
  const own = openWindow(one, 'anna', undefined, { origin: 'http://localhost:0' })
  expect(await own.hello).toMatchObject({ isComplete: true })
  own.socket.close()
})

test('a whisper reaches windows at every process', async () => {
  const window = openWindow(two, 'anna')
  await window.hello
  const said = new Promise((resolve) => window.socket.on('typing', resolve))

  one.live.whisper(workspaceId, ['team:red'], 'typing', { who: 'Boris' })

  expect(await said).toEqual({ who: 'Boris' })
  window.socket.close()
})

test('a window finds out by itself that its operator left, or has other rights, when no word of it came', async () => {
  const PRESENCE_MS = 20_000
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  try {
    vera = { ...anna, operatorId: newId(), name: 'Vera' }
    const window = openWindow(one, 'vera')
    await window.hello
    const gone = new Promise((resolve) => window.socket.on('disconnect', resolve))
    vi.advanceTimersByTime(PRESENCE_MS)
    await publish(one, 30, ['team:red'])
    await expect.poll(() => numbers(window.heard)).toEqual([30])

    vera = { ...vera, teamIds: [] }
    vi.advanceTimersByTime(PRESENCE_MS)
    await gone

    const again = openWindow(one, 'vera')
    await again.hello
    const goneAgain = new Promise((resolve) => again.socket.on('disconnect', resolve))
    vera = null
    vi.advanceTimersByTime(PRESENCE_MS)
    // As a connection that broke: windows open it again by themselves, and are told then who they are.
    expect(await goneAgain).toBe('transport close')
  } finally {
    vi.useRealTimers()
  }
})
