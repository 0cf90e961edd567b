import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Actor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import { createHttp, type HttpServer } from './http.ts'
import { createLog } from './log.ts'
import { createMetrics } from './metrics.ts'

const anna: Actor = {
  workspaceId: newId(),
  operatorId: newId(),
  name: 'Anna',
  role: 'operator',
  teamIds: [],
  can: (permission) => permission === 'things.read',
}
let http: HttpServer
let seen: number[] = []
beforeEach(() => {
  seen = []
  http = createHttp({ log: createLog('silent'), metrics: createMetrics(), publicUrl: 'https://okno.example' })
  http.get('/api/v1/things', { config: { access: 'things.read' } }, async ({ actor, headers }) => {
    // Whoever got hold of the token while the question is answered, or guesses one.
    for (const authorization of [headers.authorization ?? '', 'Inside ', 'Inside guess']) {
      if (seen.length > 2) break
      const again = await http.inject({ url: '/api/v1/other', headers: { authorization } })
      seen.push(again.statusCode)
    }
    return { name: actor.name }
  })
  http.get('/api/v1/other', { config: { access: 'things.read' } }, async () => ({ ok: true }))
  http.delete('/api/v1/things', { config: { access: 'things.delete' } }, async () => ({ ok: true }))
})
afterEach(() => http.close())

test('a question from inside has the rights of who asks', async () => {
  expect(await http.ask(anna, { method: 'GET', path: '/things' })).toEqual({ status: 200, body: { name: 'Anna' } })
  expect(await http.ask(anna, { method: 'DELETE', path: '/things' })).toMatchObject({
    status: 403,
    body: { code: 'access.forbidden' },
  })
})

test('its token is good for one request, and cannot be guessed', async () => {
  await http.ask(anna, { method: 'GET', path: '/things' })
  expect(seen).toEqual([401, 401, 401])
})
