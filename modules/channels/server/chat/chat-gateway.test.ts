import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ChatServer, startChatServer, type TestVisitor, visit } from '../../../../tests/support/chat-server.ts'
import { eventually } from '../../../../tests/support/eventually.ts'
import { anOutgoingMessage } from '../adapters/adapter-contract.ts'

let server: ChatServer
beforeAll(async () => {
  server = await startChatServer()
})
afterAll(() => server.close())

const aVisitor = (auth: Record<string, unknown> = {}, headers: Record<string, string> = {}, url = server.url) =>
  visit(url, { account: server.key, ...auth }, headers)
const aKey = () => randomUUID()
const say = (visitor: TestVisitor, text: string, key = aKey()) =>
  visitor.ask<{ seq: number }>('say', {
    key,
    text,
    page: { url: 'https://shop.example/a?utm_source=vk', title: 'Стол' },
  })

async function threadOf(visitor: TestVisitor): Promise<string> {
  const [row] = await server.query('select id from channels.chat_threads where id = $1', [visitor.hello.visitor])
  return String(row?.id)
}

async function answer(visitor: TestVisitor, text: string, id = randomUUID()) {
  await server.account.send(anOutgoingMessage({ id, thread: await threadOf(visitor), text, fromName: 'Анна' }))
  return id
}

test('a message is stored once, however often it is sent', async () => {
  const visitor = await aVisitor()
  const key = aKey()

  const acks = await Promise.all([1, 2, 3, 4].map(() => say(visitor, 'Здравствуйте!', key)))
  const later = await say(visitor, 'Здравствуйте!', key)

  expect([...acks, later].map((ack) => ack.ok && ack.seq)).toEqual([1, 1, 1, 1, 1])
  const arrivals = (await server.arrivals()).filter((arrival) => arrival.key.endsWith(key))
  expect(arrivals.map(({ body }) => body)).toMatchObject([
    { type: 'message', text: 'Здравствуйте!', page: { url: 'https://shop.example/a?utm_source=vk', title: 'Стол' } },
  ])
  visitor.leave()
})

test('an acknowledged message stands in the arrivals and in the transcript', async () => {
  const visitor = await aVisitor()
  const key = aKey()

  await say(visitor, 'Есть ли стол?', key)

  const entries = await server.query('select seq, direction, text from channels.chat_entries where entry_key = $1', [
    key,
  ])
  expect(entries).toEqual([{ seq: 1, direction: 'in', text: 'Есть ли стол?' }])
  expect((await server.arrivals()).filter((arrival) => arrival.key.endsWith(key))).toHaveLength(1)
  visitor.leave()
})

test('an answer reaches the open chat, once, even when it is handed over twice', async () => {
  const visitor = await aVisitor()
  await say(visitor, 'Вопрос')

  const id = await answer(visitor, 'Ответ')
  await answer(visitor, 'Ответ', id)
  await answer(visitor, 'Ещё ответ')

  await eventually(() => visitor.entries.filter(({ direction }) => direction === 'out').length >= 2)
  expect(visitor.entries.map(({ seq, text, author }) => [seq, text, author])).toEqual([
    [1, 'Вопрос', null],
    [2, 'Ответ', 'Анна'],
    [3, 'Ещё ответ', 'Анна'],
  ])
  visitor.leave()
})

test('a visitor with another page open on another process is still there when one is closed', async () => {
  const other = await server.another()
  const here = await aVisitor()
  await say(here, 'Я тут')
  const there = await aVisitor({ token: here.hello.token }, {}, other.url)
  const isOnline = async () => {
    const threadId = await threadOf(here)
    const found = await server.platform.transaction(server.workspaceId, (tx) => server.gateway.presence(tx, threadId))
    return found?.isOnline
  }

  const rooms = server.platform.live.io.of('/visitors').adapter.rooms
  here.leave()
  await eventually(() => rooms.size === 0)
  // What it wrote of its leaving, if anything, is committed before this is answered.
  await there.ask('history', {})
  await expect.poll(isOnline).toBe(true)
  there.leave()
})

test('what was missed during a break is replayed, in order, and nothing else', async () => {
  const before = await aVisitor()
  await say(before, 'Первый')
  await answer(before, 'Второй')
  before.leave()
  await answer(before, 'Третий')

  const after = await aVisitor({ token: before.hello.token, after: 2 })
  const fresh = await aVisitor({ token: before.hello.token })

  expect(after.hello.entries.map(({ text }) => text)).toEqual(['Третий'])
  expect(fresh.hello.entries.map(({ text }) => text)).toEqual(['Первый', 'Второй', 'Третий'])
  expect(after.hello).toMatchObject({ hasThread: true, lastSeq: 3, hasGap: false })
  after.leave()
  fresh.leave()
})

test('a long history comes by pages', async () => {
  const visitor = await aVisitor()
  await say(visitor, 'начало')
  const threadId = await threadOf(visitor)
  await server.query(
    `insert into channels.chat_entries (workspace_id, thread_id, seq, direction, entry_key, text)
     select $1, $2, n, 'out', uuidv7()::text, 'строка ' || n from generate_series(2, 250) as n`,
    [server.workspaceId, threadId],
  )
  await server.query('update channels.chat_threads set last_seq = 250 where id = $1', [threadId])

  const again = await aVisitor({ token: visitor.hello.token })
  const older = await again.ask<{ entries: { seq: number }[]; hasGap: boolean }>('history', { before: 151 })

  expect(again.hello).toMatchObject({ hasGap: true, lastSeq: 250 })
  expect(again.hello.entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 100 }, (_, i) => i + 151))
  expect(older).toMatchObject({ ok: true, hasGap: true })
  expect(older.ok && older.entries[0]?.seq).toBe(51)
  visitor.leave()
  again.leave()
})

test('both tabs of a visitor show what either of them writes, also when one was open before the first message', async () => {
  const one = await aVisitor()
  const other = await aVisitor({ token: one.hello.token })

  await say(one, 'из первой вкладки')
  await eventually(() => other.entries.length === 1)
  await say(other, 'из второй вкладки')
  await eventually(() => one.entries.length === 2)

  expect(one.entries.map(({ text }) => text)).toEqual(['из первой вкладки', 'из второй вкладки'])
  one.leave()
  other.leave()
})

test('another process brings an answer and typing to the visitor', async () => {
  const other = await server.another()
  const visitor = await aVisitor({}, {}, other.url)
  const typed: string[] = []
  visitor.socket.on('typing', ({ name }: { name: string }) => typed.push(name))
  await say(visitor, 'Есть кто?')

  server.gateway.notifyTyping(server.accountId, await threadOf(visitor), 'Анна')
  await answer(visitor, 'Да, мы здесь')

  await eventually(() => visitor.entries.length === 2 && typed.length === 1)
  expect(visitor.entries.at(-1)?.text).toBe('Да, мы здесь')
  expect(typed).toEqual(['Анна'])
  visitor.leave()
})

test('an answer for a thread of another account is refused and reaches nobody', async () => {
  const elsewhere = await visit(server.url, { account: server.stranger.key })
  await say(elsewhere, 'чужой разговор')

  await expect(answer(elsewhere, 'не туда')).rejects.toMatchObject({ reason: 'rejected', outcome: 'not_sent' })

  const rows = await server.query(`select text from channels.chat_entries where text = 'не туда'`)
  expect(rows).toEqual([])
  elsewhere.leave()
})

test('what the visitor fetched and read becomes receipts of our messages, each once', async () => {
  const visitor = await aVisitor()
  await say(visitor, 'Вопрос')
  const first = await answer(visitor, 'Раз')
  const second = await answer(visitor, 'Два')

  await visitor.ask('seen', { delivered: 3, read: 2 })
  await visitor.ask('seen', { delivered: 3, read: 2 })
  await visitor.ask('seen', { delivered: 3, read: 3 })

  const receipts = (await server.arrivals()).filter(({ body }) => body.type === 'receipt').map(({ body }) => body)
  expect(receipts).toEqual([
    { type: 'receipt', state: 'read', messageIds: [first] },
    { type: 'receipt', state: 'delivered', messageIds: [second] },
    { type: 'receipt', state: 'read', messageIds: [second] },
  ])
  visitor.leave()
})

test('marks beyond the end of the thread do not run ahead of later answers', async () => {
  const visitor = await aVisitor()
  await say(visitor, 'Вопрос')

  await visitor.ask('seen', { delivered: 2_000_000_000, read: 2_000_000_000 })
  const id = await answer(visitor, 'Ответ')
  await visitor.ask('seen', { delivered: 2, read: 0 })

  const receipts = (await server.arrivals()).filter(({ body }) => JSON.stringify(body).includes(id))
  expect(receipts.map(({ body }) => body.state)).toEqual(['delivered'])
  visitor.leave()
})

test('an e-mail left in the chat is told once, and presence says where to write', async () => {
  const visitor = await aVisitor()
  await say(visitor, 'Ответьте мне потом')

  await visitor.ask('leave_email', { email: 'Visitor@Example.com' })
  await visitor.ask('leave_email', { email: 'visitor@example.com' })

  const threadId = await threadOf(visitor)
  const told = (await server.arrivals()).filter(({ body }) => body.email === 'visitor@example.com')
  const presence = () => server.platform.transaction(server.workspaceId, (tx) => server.gateway.presence(tx, threadId))
  expect(told).toHaveLength(1)
  expect(await presence()).toMatchObject({ isOnline: true, email: 'visitor@example.com' })
  visitor.leave()
  await eventually(async () => (await presence())?.isOnline === false)
})
