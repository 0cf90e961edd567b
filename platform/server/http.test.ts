import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import type { Actor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import { Problem } from '#platform/shared/problems'
import { createHttp, type HttpServer } from './http.ts'
import { createLog } from './log.ts'
import { createMetrics } from './metrics.ts'

const PUBLIC_URL = 'https://okno.example'
const operator: Actor = {
  workspaceId: newId(),
  operatorId: newId(),
  name: 'Anna',
  role: 'operator',
  teamIds: [],
  can: (p) => p === 'things.read',
}
let http: HttpServer

beforeEach(() => {
  http = createHttp({ log: createLog('silent'), metrics: createMetrics(), publicUrl: PUBLIC_URL })
  http.setAuthenticate(async (request) => (request.headers.cookie === 'anna' ? operator : null))
  http.register(async (app) => {
    app.get('/api/open', { config: { access: 'public' } }, async () => ({ ok: true }))
    app.get('/api/things', { config: { access: 'things.read' } }, async (request) => ({ name: request.actor.name }))
    app.get(
      '/api/things/:id',
      { config: { access: 'things.read' }, schema: { params: z.object({ id: z.uuid() }) } },
      async () => ({ ok: true }),
    )
    app.delete('/api/things', { config: { access: 'things.delete' } }, async () => ({ ok: true }))
    app.post(
      '/api/things',
      { config: { access: 'things.read' }, schema: { body: z.strictObject({ size: z.number().int().max(10) }) } },
      async () => ({ ok: true }),
    )
    app.get(
      '/api/secret',
      { config: { access: 'public' }, schema: { response: { 200: z.object({ name: z.string() }) } } },
      async () => ({ name: 'Anna', password: 'p' }),
    )
    app.get('/api/problem', { config: { access: 'public' } }, async () => {
      throw new Problem('thing.too_big', 422, 'The thing is too big.', { params: { max: 10 } })
    })
    app.get('/api/bug', { config: { access: 'public' } }, async () => {
      throw new Error('password=hunter2 in an inner message')
    })
  })
})
afterEach(() => http.close())

const asAnna = (method: 'GET' | 'POST' | 'DELETE', url: string, more: object = {}) =>
  http.inject({ method, url, headers: { cookie: 'anna' }, ...more })

test('a route under /api that does not say who may call it does not start', async () => {
  const careless = createHttp({ log: createLog('silent'), metrics: createMetrics(), publicUrl: PUBLIC_URL })

  expect(() => careless.get('/api/open', async () => ({}))).toThrow(/without access/)
})

test('strangers are asked to sign in, and a missing permission is refused', async () => {
  expect((await http.inject('/api/things')).json()).toMatchObject({ status: 401, code: 'access.sign_in_required' })
  expect((await asAnna('DELETE', '/api/things')).json()).toMatchObject({
    status: 403,
    code: 'access.forbidden',
    params: { permission: 'things.delete' },
  })
  expect((await asAnna('GET', '/api/things')).json()).toEqual({ name: 'Anna' })
})

test('a page of another site cannot act with the cookie', async () => {
  const foreign = await asAnna('POST', '/api/things', {
    headers: { cookie: 'anna', origin: 'https://evil.example' },
    payload: { size: 1 },
  })
  const own = await asAnna('POST', '/api/things', {
    headers: { cookie: 'anna', origin: PUBLIC_URL },
    payload: { size: 1 },
  })

  expect(foreign.json()).toMatchObject({ status: 403, code: 'request.cross_origin' })
  expect(own.statusCode).toBe(200)
})

test('wrong and unknown fields are named one by one', async () => {
  const answer = await asAnna('POST', '/api/things', { payload: { size: 11, role: 'administrator' } })

  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(answer.json()).toMatchObject({ status: 422, code: 'request.invalid' })
  expect(answer.json().errors.map((error: { path: string }) => error.path)).toContain('size')
})

test('an address with no id where one belongs leads to nothing', async () => {
  const answer = await asAnna('GET', '/api/things/import')

  expect(answer.json()).toMatchObject({ status: 404, code: 'request.not_found' })
  expect((await asAnna('GET', `/api/things/${newId()}`)).statusCode).toBe(200)
})

test('a body that is no JSON or too large is refused with its own code', async () => {
  const broken = await asAnna('POST', '/api/things', {
    headers: { cookie: 'anna', 'content-type': 'application/json' },
    payload: '{"size":',
  })
  const large = await asAnna('POST', '/api/things', { payload: { text: 'x'.repeat(1_100_000) } })

  expect(broken.json()).toMatchObject({ status: 400, code: 'request.malformed' })
  expect(large.json()).toMatchObject({ status: 413, code: 'request.too_large' })
})

test('an expected failure carries code, values and request id; a bug tells nothing of its inside', async () => {
  const expected = await http.inject('/api/problem')
  const bug = await http.inject('/api/bug')

  expect(expected.json()).toMatchObject({
    code: 'thing.too_big',
    params: { max: 10 },
    requestId: expected.headers['x-request-id'],
  })
  expect(bug.statusCode).toBe(500)
  expect(bug.body).not.toContain('hunter2')
})

test('what the response schema does not name does not leave', async () => {
  expect((await http.inject('/api/secret')).json()).toEqual({ name: 'Anna' })
})

test('scripts run from our own files only, and an unknown address is a problem', async () => {
  const [answer, refused] = [await http.inject('/api/nowhere'), await http.inject('/api/things')]

  expect(answer.json()).toMatchObject({ status: 404, code: 'request.not_found' })
  expect(answer.headers['content-security-policy']).toMatch(/script-src 'self';/)
  expect(answer.headers['x-content-type-options']).toBe('nosniff')
  expect(answer.headers['strict-transport-security']).toBeDefined()
  expect(refused.statusCode).toBe(401)
  expect(refused.headers['x-content-type-options']).toBe('nosniff')
})
