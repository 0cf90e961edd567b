import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anOperator } from '../../tests/support/inbox.ts'
import { type Line, layLine } from '../../tests/support/line.ts'
import { ADMIN, API_KEY, type TestOkno, testPlatform } from '../../tests/support/platform.ts'
import type { OknoServer } from './server.ts'

let okno: TestOkno
let line: Line
/** A process that reaches the database by the line. */
let other: OknoServer
beforeAll(async () => {
  okno = await testPlatform()
  line = await layLine(okno.database.url)
  other = await okno.another({ DATABASE_URL: line.url, OKNO_ROLES: 'web' })
})
afterAll(async () => {
  line.mend()
  await okno.close()
  line.close()
})

const asks: [string, string, RequestInit][] = [
  ['a key', '/api/v1/people', { headers: { authorization: `Bearer ${API_KEY}` } }],
  ['a key that nobody may know', '/api/v1/people', { headers: { authorization: 'Bearer okno_who_knows' } }],
  [
    'a new card',
    '/api/v1/people',
    {
      method: 'POST',
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ firstName: 'Анна' }),
    },
  ],
  [
    'a sign-in',
    '/api/auth/sign-in/email',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: ADMIN.email, password: ADMIN.password }),
    },
  ],
]

test('without its database it says that it cannot be asked now, of nobody that he is unknown, and works again afterwards', async () => {
  const cookie = await (await anOperator(okno)).cookie()
  const all: typeof asks = [...asks, ['a session', '/api/v1/people', { headers: { cookie } }]]
  await line.cut()

  for (const [name, path, request] of all) {
    const answer = await fetch(`${other.url}${path}`, request)
    expect(answer.status, name).toBe(503)
    expect(answer.headers.get('retry-after'), name).toBe('5')
    expect(await answer.json(), name).toMatchObject({ code: 'server.unavailable' })
  }
  expect(await refusalOf(cookie)).toBe('server.unavailable')

  line.mend()
  const answers = await Promise.all(all.map(([, path, request]) => fetch(`${other.url}${path}`, request)))
  expect(answers.map(({ status }) => status)).toEqual([200, 401, 201, 200, 200])
  expect(await refusalOf(cookie)).toBeUndefined()
})

/** How a window that connects is refused. */
function refusalOf(cookie: string): Promise<string | undefined> {
  const socket = io(`${other.url}/operators`, {
    transports: ['websocket'],
    extraHeaders: { cookie },
    reconnection: false,
    forceNew: true,
  })
  return new Promise<string | undefined>((resolve) => {
    socket.once('hello', () => resolve(undefined))
    socket.once('connect_error', ({ message }) => resolve(message))
  }).finally(() => socket.close())
}
