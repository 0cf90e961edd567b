import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#platform/shared/ids'
import { SEARCH_TIMEOUT_MS, search } from '../support/fuzz.ts'
import { hostileHtml } from '../support/hostile-html.ts'
import { hostileMail, oddText } from '../support/hostile-mail.ts'
import { hostileMultipart } from '../support/hostile-multipart.ts'
import { API_KEY, eventually, type TestOkno, testPlatform } from '../support/platform.ts'

/**
 * Whatever comes in by mail, webhook or form is taken and read, or refused with a reason; never an error of ours, never a standstill.
 * Through the whole product: bytes → arrival → facts → person → conversation → message.
 */

let okno: TestOkno
let accounts: Record<'email' | 'api', { id: string; key: string }>
beforeAll(async () => {
  okno = await testPlatform({ env: { OKNO_LOG_LEVEL: 'fatal' } })
  accounts = {
    email: await makeAccount({ kind: 'email', name: 'Почта', config: { address: 'support@example.com' } }),
    api: await makeAccount({ kind: 'api', name: 'API', config: {} }),
  }
})
afterAll(() => okno.close())

async function makeAccount(draft: object): Promise<{ id: string; key: string }> {
  const { status, body } = await okno.call('POST', '/accounts', draft)
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}

/** Waits until nothing waits to be read any more, and answers how the arrivals fared that are not read. */
async function unread(accountId: string): Promise<{ state: string; reason: string | null }[]> {
  const rows = async () => {
    const { rows } = await okno.platform.database.pool.query<{ state: string; reason: string | null }>(
      `select state, reason from channels.arrivals where account_id = $1 and state <> 'read'`,
      [accountId],
    )
    return rows
  }
  await eventually(async () => (await rows()).every(({ state }) => state !== 'new'))
  return rows()
}

test('hostile mail becomes messages', { timeout: SEARCH_TIMEOUT_MS }, async () => {
  const { id: accountId } = accounts.email
  await fc.assert(
    fc.asyncProperty(fc.array(hostileMail, { minLength: 1, maxLength: 15 }), async (mails) => {
      const ref = { workspaceId: okno.workspaceId, accountId }
      const headers = { 'envelope-from': 'a@b.example', 'envelope-to': 'support@example.com' }
      await Promise.all(
        mails.map((body) => okno.modules.channels.accept(ref, { key: newId(), receivedAt: new Date(), headers, body })),
      )

      expect(await unread(accountId)).toEqual([])
    }),
    search({ runs: 12 }),
  )
})

const odd = fc.oneof(oddText, hostileHtml)
const anything = fc.anything({ maxDepth: 2, values: [oddText, fc.double(), fc.boolean(), fc.constant(null)] })
const nearlyRight = fc.record(
  {
    id: odd,
    thread: odd,
    from: fc.oneof(
      anything,
      fc.record({ id: odd, name: odd, email: fc.constantFrom('a@b.example', 'a@'), phone: odd }, { requiredKeys: [] }),
    ),
    text: fc.oneof(odd, anything),
    sentAt: fc.oneof(
      fc.constantFrom('2026-11-21T10:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999999999+14:00'),
      odd,
    ),
    files: fc.oneof(
      anything,
      fc.array(fc.record({ name: odd, mime: odd, contentBase64: fc.base64String({ maxLength: 40 }) }), {
        maxLength: 3,
      }),
    ),
    ['__proto__']: anything,
  },
  { requiredKeys: ['from', 'text'] },
)
const json = (value: unknown) => JSON.stringify(value) ?? 'undefined'
const webhookBody = fc.oneof(
  { weight: 6, arbitrary: nearlyRight.map(json) },
  anything.map(json),
  odd,
  fc.uint8Array({ maxLength: 200 }),
)

test('a webhook takes a message or says what is wrong with it; what was taken can be read', {
  timeout: SEARCH_TIMEOUT_MS,
}, async () => {
  const { id, key } = accounts.api
  await fc.assert(
    fc.asyncProperty(fc.array(webhookBody, { minLength: 1, maxLength: 25 }), async (bodies) => {
      const answers = await Promise.all(
        bodies.map((body) =>
          fetch(`${okno.url}/in/${key}`, { method: 'POST', body: typeof body === 'string' ? body : Buffer.from(body) }),
        ),
      )

      for (const { status } of answers) expect([202, 422]).toContain(status)
      expect(await unread(id)).toEqual([])
    }),
    search({ runs: 15 }),
  )
})

const FIELDS = 'name email message _id _started _page _consent _website consent __proto__ constructor slot'.split(' ')
const posted = fc.dictionary(
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...FIELDS) }, odd),
  fc.oneof(odd, fc.constant('a@b.example')),
  { maxKeys: 8 },
)
const TYPES = ['multipart/form-data', 'application/json', 'text/plain', 'application/x-www-form-urlencoded']
const formRequest = fc.oneof(
  posted.map((fields) => ({ body: new URLSearchParams(fields), headers: {} })),
  fc.oneof(posted, anything).map((value) => ({ body: json(value), headers: { 'content-type': 'application/json' } })),
  fc.tuple(posted, odd).map(([fields, fileName]) => {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    body.append('files', new Blob(['x'], { type: 'text/plain' }), fileName)
    return { body, headers: {} }
  }),
  hostileMultipart,
  fc.tuple(odd, fc.constantFrom(...TYPES)).map(([body, type]) => ({ body, headers: { 'content-type': type } })),
)

test('a form takes what was filled in or says what is wrong with it', { timeout: SEARCH_TIMEOUT_MS }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(formRequest, { minLength: 1, maxLength: 25 }), async (requests) => {
      // A form of its own each time: one form takes only so many posts a minute.
      const { id, key } = await makeAccount({ kind: 'form', name: 'Форма', config: {} })
      const answers = await Promise.all(
        requests.map((request) => fetch(`${okno.url}/f/${key}`, { method: 'POST', redirect: 'manual', ...request })),
      )

      for (const { status } of answers) expect([202, 303, 400, 406, 413, 415, 422]).toContain(status)
      for (const answer of answers) {
        const page = await answer.text()
        if (/html/.test(answer.headers.get('content-type') ?? ''))
          expect(page).not.toMatch(/<script(?! src="\/f\/)|<(?:img|svg|iframe|math)\b/i)
      }
      expect(await unread(id)).toEqual([])
    }),
    search({ runs: 15 }),
  )
})

test('an upload is taken or refused, whatever the bytes', { timeout: SEARCH_TIMEOUT_MS }, async () => {
  const authorization = `Bearer ${API_KEY}`
  await fc.assert(
    fc.asyncProperty(hostileMultipart, async ({ body, headers }) => {
      const request = { method: 'POST', headers: { ...headers, authorization }, body }
      // A server may hang up on a body that it will not read, as long as it is there for the next one.
      const { status } = await fetch(`${okno.url}/api/v1/files`, request).catch(async () => {
        expect((await fetch(`${okno.url}/healthz`)).status).toBe(200)
        return { status: 400 }
      })

      expect([201, 400, 406, 413, 415, 422]).toContain(status)
    }),
    search({ runs: 100, limitMs: 2000 }),
  )
})

test('a part without a file name is a file without a name, on every way in', async () => {
  const authorization = `Bearer ${API_KEY}`
  const multipart = { 'content-type': 'multipart/form-data; boundary=b' }
  const part = (content: string) =>
    `--b\r\nContent-Disposition: form-data; name="file"\r\nContent-Type: application/octet-stream\r\n\r\n${content}\r\n--b--\r\n`
  const person = (await okno.call('POST', '/people', { name: 'Анна' })).body
  const form = await makeAccount({ kind: 'form', name: 'Без имени', config: {} })
  const post = async (path: string, content = 'привет') => {
    const headers = { ...multipart, ...(path.startsWith('/api/') ? { authorization } : {}) }
    const answer = await fetch(okno.url + path, { method: 'POST', headers, body: part(content), redirect: 'manual' })
    return { status: answer.status, text: await answer.text() }
  }

  const uploaded = await post('/api/v1/files')
  expect(uploaded.status, uploaded.text).toBe(201)
  expect(JSON.parse(uploaded.text)).toMatchObject({ name: 'file', mime: 'application/octet-stream' })
  expect((await post(`/api/v1/people/${person.id}/files`)).status).toBe(201)
  expect((await post('/api/v1/imports', 'Имя;Телефон\nАнна;+79120000001')).status).toBe(201)
  expect([202, 303, 422]).toContain((await post(`/f/${form.key}`)).status)
})
