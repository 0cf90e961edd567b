import { createServer, type Server } from 'node:net'
import { expect, test, vi } from 'vitest'
import { freePort } from './free-port.ts'

test('ports are given once each, below those of outgoing connections', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, freePort))

  expect(new Set(ports).size).toBe(50)
  expect(Math.min(...ports)).toBeGreaterThanOrEqual(12_000)
  expect(Math.max(...ports)).toBeLessThan(32_768)
})

test('a port that a server has is passed over', async () => {
  const server = createServer()
  let taken = 12_000
  while (!(await listens(server, taken))) taken++
  const chance = vi.spyOn(Math, 'random').mockReturnValueOnce((taken - 12_000) / (32_768 - 12_000))

  const given = await freePort()

  expect(chance.mock.calls.length).toBeGreaterThan(1)
  expect(given).not.toBe(taken)
  chance.mockRestore()
  server.close()
})

const listens = (server: Server, port: number) =>
  new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => resolve(true))
  })
