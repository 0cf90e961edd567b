import { createServer } from 'node:net'
import { beforeAll, expect, test } from 'vitest'
import { eventually } from '../../tests/support/platform.ts'
import { freePort } from './free-port.ts'
import { createLog } from './log.ts'
import { startWithPatience } from './wait-for-database.ts'

const log = createLog('silent')
const refused = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
const ask = async (port: number, address: string) => {
  const response = await fetch(`http://127.0.0.1:${port}${address}`).catch(() => undefined)
  return response && { status: response.status, text: await response.text() }
}

let port: number
beforeAll(async () => {
  port = await freePort()
})

test('a start whose database is away is tried again, and says meanwhile what it waits for', async () => {
  let isAway = true
  const started = startWithPatience(
    async () => {
      if (isAway) throw refused()
      // Nobody else holds the port now.
      const server = createServer().listen(port, '0.0.0.0')
      await new Promise((resolve) => server.once('listening', resolve))
      return server
    },
    { log, port, retryMs: 50 },
  )

  const ready = await eventually(() => ask(port, '/readyz'))
  const alive = await eventually(() => ask(port, '/healthz'))
  const other = await eventually(() => ask(port, '/api/v1/conversations'))
  expect(ready.status).toBe(503)
  expect(JSON.parse(ready.text)).toMatchObject({ status: 'not ready', parts: [{ part: 'database', isHealthy: false }] })
  expect(ready.text).toContain('waits for PostgreSQL')
  expect(alive.status).toBe(200)
  expect(other.status).toBe(503)

  isAway = false
  const server = await started
  expect(server.listening).toBe(true)
  server.close()
})

test('a start that fails for a reason of its own is not tried again', async () => {
  let tries = 0
  const start = async () => {
    tries++
    throw Object.assign(new Error('password authentication failed'), { code: '28P01' })
  }

  await expect(startWithPatience(start, { log, port: undefined, retryMs: 1 })).rejects.toThrow('password')
  expect(tries).toBe(1)
})
