import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '#platform/server/free-port'
import { readConfig } from '../../platform/server/config.ts'
import { freshDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { eventually } from '../../tests/support/platform.ts'
import { startServer } from './server.ts'

const CONNECTIONS_CUT = 3

let database: TestDatabase
let dataDir: string
beforeAll(async () => {
  database = await freshDatabase()
  dataDir = await mkdtemp(path.join(tmpdir(), 'okno-start-'))
})
afterAll(async () => {
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

/** The database as it rises: its first connections break while Okno already works on them. */
async function rise(port: number): Promise<Server> {
  const { hostname, port: real } = new URL(database.url)
  let seen = 0
  const server = createServer((inside) => {
    seen++
    const outside = connect(Number(real), hostname)
    // Either end may break: that is what this is for.
    pipeline(inside, outside, inside, () => undefined)
    if (seen <= CONNECTIONS_CUT) outside.once('data', () => inside.destroy())
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const stateOf = (url: string) =>
  fetch(`${url}/readyz`).then(
    ({ status }) => status,
    () => undefined,
  )

test('a server that is started before its database waits, says so, and works when it is there', async () => {
  const [port, databasePort] = [await freePort(), await freePort()]
  const databaseUrl = new URL(database.url)
  databaseUrl.port = String(databasePort)
  const lines: string[] = []
  const server: ChildProcess = spawn(process.execPath, ['app/server/main.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      DATABASE_URL: databaseUrl.href,
      OKNO_DATA_DIR: dataDir,
      OKNO_SMTP_PORT: 'off',
      OKNO_DEMO: '0',
      OKNO_LOG_LEVEL: 'info',
    },
  })
  server.stdout?.on('data', (chunk: Buffer) => lines.push(chunk.toString('utf8')))
  const url = `http://127.0.0.1:${port}`
  let rising: Server | undefined
  try {
    await eventually(async () => (await stateOf(url)) === 503)
    expect(lines.join('')).toContain('waiting for the database')
    expect(server.exitCode).toBeNull()

    rising = await rise(databasePort)
    await eventually(async () => (await stateOf(url)) === 200)
    expect(lines.join('')).toContain('the database is back')
  } finally {
    const ended = once(server, 'exit')
    server.kill('SIGTERM')
    await ended
    rising?.close()
  }
})

test('a start that breaks off in the middle leaves nothing running behind', async () => {
  const port = await freePort()
  const config = readConfig({
    PORT: String(port),
    OKNO_DATA_DIR: dataDir,
    OKNO_PUBLIC_URL: 'http://localhost',
    OKNO_SMTP_PORT: String(await freePort()),
    OKNO_DEMO: '0',
    OKNO_LOG_LEVEL: 'silent',
  })
  const lost = new Error('Connection terminated unexpectedly')
  const broken = startServer(config, database.url, {
    prepare: async () => {
      throw lost
    },
  })
  await expect(broken).rejects.toBe(lost)

  const okno = await startServer(config, database.url)
  expect(await stateOf(`http://127.0.0.1:${port}`)).toBe(200)
  await okno.stop()
})
