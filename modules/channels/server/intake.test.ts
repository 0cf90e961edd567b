import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, openChannels, otherCompany, type TestChannels } from '../../../tests/support/channels.ts'
import type { Account } from '../contract/accounts.ts'

let okno: TestChannels
let account: Account
const SECRET = 'a shared secret of 32 characters'

beforeAll(async () => {
  okno = await openChannels()
  account = await okno.account({ kind: 'api', name: 'Приём' })
})
afterAll(() => okno.close())

const aMessage = (id: string, more: object = {}) => ({
  id,
  from: { id: 'c-1', name: 'Мария' },
  text: `Привет ${id}`,
  ...more,
})
const arrivals = (where: string, values: unknown[] = []) =>
  okno.rows(`select * from channels.arrivals where ${where} order by id`, values)

test('200 simultaneous copies of a message are one arrival and one message', async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, () => okno.call('POST', `/in/${account.key}`, aMessage('copy'))),
  )

  expect(answers.map(({ status }) => status)).toEqual(Array(200).fill(202))
  await eventually(() => okno.messages().some(({ id }) => id === 'copy'))
  expect(await arrivals('key = $1', ['copy'])).toHaveLength(1)
  expect(okno.messages().filter(({ id }) => id === 'copy')).toHaveLength(1)
})

test('messages arrive in the order in which they were stored, with sender, time and files', async () => {
  for (let i = 0; i < 5; i++) {
    await okno.call(
      'POST',
      `/in/${account.key}`,
      aMessage(`order-${i}`, {
        thread: 'T-1',
        sentAt: '2026-11-01T10:00:00+03:00',
        from: { id: 'c-2', email: 'Maria@Example.com', phone: '8 912 345-67-89' },
        files: [{ name: 'счёт.txt', mime: 'text/plain', contentBase64: Buffer.from('100 ₽').toString('base64') }],
      }),
    )
  }

  const all = await eventually(() => {
    const found = okno.messages().filter(({ id }) => id.startsWith('order-'))
    return found.length === 5 && found
  })
  expect(all.map(({ id }) => id)).toEqual(['order-0', 'order-1', 'order-2', 'order-3', 'order-4'])
  expect(all[0]).toMatchObject({
    threads: ['T-1'],
    sentAt: new Date('2026-11-01T07:00:00Z'),
    from: {
      address: 'c-2',
      identities: [
        { kind: 'email', value: 'maria@example.com', proven: false },
        { kind: 'phone', value: '+79123456789', proven: false },
      ],
    },
    files: [{ name: 'счёт.txt', mime: 'text/plain', sizeBytes: 7 }],
  })
})

test.each([
  ['not JSON', 'no json', 'The body is not JSON in UTF-8.'],
  ['no sender', '{"text":"x","from":{}}', /from: needs id, email or phone/],
  ['an unknown field', '{"text":"x","from":{"id":"1"},"admin":true}', /admin/],
  ['nothing said', '{"text":"  ","from":{"id":"1"}}', /needs a text or a file/],
  ['a file by address', '{"text":"x","from":{"id":"1"},"files":[{"name":"a","url":"http://localhost"}]}', /files\.0/],
])('%s is refused with the reason and nothing is stored', async (_name, body, detail) => {
  const before = await arrivals('true')
  const answer = await okno.call('POST', `/in/${account.key}`, body)

  expect(answer).toMatchObject({ status: 422, body: { code: 'channels.input_invalid' } })
  expect(answer.body.detail).toMatch(detail)
  expect(await arrivals('true')).toHaveLength(before.length)
})

test('an unknown address takes nothing', async () => {
  expect(await okno.call('POST', '/in/0123456789abcdef0123', aMessage('x'))).toMatchObject({
    status: 404,
    body: { code: 'channels.unknown_key' },
  })
})

test('a disabled account takes nothing at once', async () => {
  const other = await okno.account({ kind: 'api', name: 'Выключенный' })
  await okno.call('POST', `/in/${other.key}`, aMessage('before'))
  await okno.channels.updateAccount(okno.admin, other.id, { isEnabled: false })

  await eventually(async () => (await okno.call('POST', `/in/${other.key}`, aMessage('after'))).status === 404)
})

test('with a secret, only fresh messages with a true signature are taken', async () => {
  const signed = await okno.account({ kind: 'api', name: 'С подписью', config: { secret: SECRET } })
  const body = JSON.stringify(aMessage('signed'))
  const now = Math.floor(Date.now() / 1000)
  const header = (t: number, text = body, secret = SECRET) =>
    `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${text}`).digest('hex')}`
  const post = (signature?: string) =>
    okno.call('POST', `/in/${signed.key}`, body, signature ? { 'okno-signature': signature } : {})

  expect((await post()).status).toBe(401)
  expect((await post(header(now, body, 'some other secret of its own'))).status).toBe(401)
  expect((await post(header(now, `${body} `))).status).toBe(401)
  expect((await post(header(now - 301))).status).toBe(401)
  expect((await post('t=1,v1=zz')).status).toBe(401)
  expect(await arrivals('account_id = $1', [signed.id])).toHaveLength(0)
  expect((await post(header(now))).status).toBe(202)
})

test('one row that the database refuses does not fail its neighbours', async () => {
  const ref = { workspaceId: okno.workspaceId, accountId: account.id }
  const raw = (key: string) => ({
    key,
    receivedAt: new Date(),
    headers: {},
    body: Buffer.from(JSON.stringify(aMessage(key))),
  })
  const strange = { ...ref, accountId: '01890000-0000-7000-8000-000000000000' }

  const [good, bad, other] = await Promise.allSettled([
    okno.channels.accept(ref, raw('neighbour-1')),
    okno.channels.accept(strange, raw('orphan')),
    okno.channels.accept(ref, raw('neighbour-2')),
  ])

  expect(good).toMatchObject({ status: 'fulfilled', value: { isNew: true } })
  expect(bad.status).toBe('rejected')
  expect(other).toMatchObject({ status: 'fulfilled', value: { isNew: true } })
})

test('characters that PostgreSQL refuses are dropped, not the message', async () => {
  await okno.call('POST', `/in/${account.key}`, aMessage('nul', { text: 'a\u0000b\ud800c' }))

  const message = await eventually(() => okno.messages().find(({ id }) => id === 'nul'))
  expect(message.text).toBe('ab\ufffdc')
})

test('what cannot be read is kept with the reason and stops nothing; after a fix it is read again', async () => {
  okno.failOn.text = 'Привет bad'
  for (const id of ['good-1', 'bad', 'good-2']) await okno.call('POST', `/in/${account.key}`, aMessage(id))

  await eventually(() => okno.messages().some(({ id }) => id === 'good-2'))
  const [stuck] = await eventually(async () => {
    const rows = await arrivals("key = 'bad' and state = 'unreadable'")
    return rows.length > 0 && rows
  })
  expect(stuck).toMatchObject({ attempts: 3, reason: 'A bug.' })
  expect(okno.messages().map(({ id }) => id)).toContain('good-1')

  const listed = await okno.call('GET', `/api/v1/arrivals?state=unreadable&accountId=${account.id}`)
  expect(listed.body.items).toMatchObject([{ key: 'bad', state: 'unreadable', reason: 'A bug.', accountName: 'Приём' }])

  okno.failOn.text = null
  expect((await okno.call('POST', `/api/v1/arrivals/${stuck?.id}/replay`)).status).toBe(204)
  await eventually(() => okno.messages().some(({ id }) => id === 'bad'))
  expect(await arrivals("key = 'bad' and state = 'read'")).toHaveLength(1)
})

test('arrivals of another company are not there', async () => {
  const stranger = await otherCompany(okno)
  const theirs = await okno.channels.createAccount(stranger, { kind: 'api', name: 'Чужой' })
  await okno.call('POST', `/in/${theirs.key}`, aMessage('theirs'))
  const [row] = await eventually(async () => {
    const rows = await arrivals("key = 'theirs'")
    return rows.length > 0 && rows
  })

  const listed = await okno.call('GET', '/api/v1/arrivals?limit=200')
  expect(listed.body.items.map(({ key }: { key: string }) => key)).not.toContain('theirs')
  expect((await okno.call('GET', `/api/v1/arrivals/${row?.id}/raw`)).status).toBe(404)
  expect((await okno.call('POST', `/api/v1/arrivals/${row?.id}/replay`)).status).toBe(404)
  expect((await okno.call('GET', `/api/v1/accounts/${theirs.id}`)).status).toBe(404)
  expect((await okno.call('PATCH', `/api/v1/accounts/${theirs.id}`, { name: 'Мой' })).status).toBe(404)
  expect((await okno.call('POST', `/api/v1/accounts/${theirs.id}/verify`)).status).toBe(404)
})

test('lists of arrivals are read page by page, and the bytes can be loaded', async () => {
  const first = await okno.call('GET', '/api/v1/arrivals?limit=2')
  const second = await okno.call('GET', `/api/v1/arrivals?limit=2&cursor=${first.body.nextCursor}`)
  expect(first.body.items).toHaveLength(2)
  expect(second.body.items[0].id < first.body.items[1].id).toBe(true)

  const raw = await okno.call('GET', `/api/v1/arrivals/${first.body.items[0].id}/raw`)
  expect(raw.headers.get('content-disposition')).toMatch(/^attachment/)
  expect(JSON.parse(raw.body)).toMatchObject({ from: { id: 'c-1' } })
})

test('a call under an unknown key is refused before its body is read', async () => {
  const { port } = new URL(okno.url)
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(
    'POST /in/nobody-has-this-key-here HTTP/1.1\r\nHost: okno\r\nContent-Type: application/json\r\nContent-Length: 30000000\r\n\r\n',
  )
  const [head] = await once(socket, 'data')
  socket.destroy()

  expect(String(head)).toMatch(/^HTTP\/1\.1 404/)
})

test('a key that no account can have is unknown, whatever is in it', async () => {
  for (const address of ['/in/', '/f/', '/chat/'])
    expect((await okno.call(address === '/in/' ? 'POST' : 'GET', `${address}nobody-has-this-key%00`)).status).toBe(404)
})
