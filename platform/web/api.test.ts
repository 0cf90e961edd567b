import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { api, isAway, problemCode } from './api.ts'

let server: Server
let answer: (url: string, send: { end: (text: string) => void; cut: () => void }) => void

beforeEach(async () => {
  server = createServer((request, response) =>
    answer(request.url ?? '', {
      end: (text) => void response.end(text),
      cut: () => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
        response.write('{"items":[', () => response.destroy())
      },
    }),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const ask = fetch
  // A browser knows where its page came from.
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => ask(`http://127.0.0.1:${port}${path}`, init))
})
afterEach(() => {
  vi.unstubAllGlobals()
  server.close()
})

const refusalOf = (path: string) =>
  api.get(path).then(
    () => null,
    (error: unknown) => error,
  )

test('an answer that breaks off is no answer: it is asked for again like any other', async () => {
  answer = (_url, { cut }) => cut()
  const error = await refusalOf('/people')
  expect(problemCode(error)).toBe('request.network')
  expect(isAway(error)).toBe(true)
})

test('a page that a proxy passes off as a success is not taken for an answer of Okno', async () => {
  answer = (_url, { end }) => end('<html>We are back soon</html>')
  const error = await refusalOf('/people')
  expect(problemCode(error)).toBe('server.unreachable')
  expect(isAway(error)).toBe(true)
})

test('an empty answer is an answer', async () => {
  answer = (_url, { end }) => end('')
  expect(await api.delete('/people/1')).toBeUndefined()
})
