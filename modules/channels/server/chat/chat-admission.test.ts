import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type ChatServer,
  IDENTITY_SECRET,
  signedIdentity,
  startChatServer,
  type TestVisitor,
  visit,
} from '../../../../tests/support/chat-server.ts'
import { eventually } from '../../../../tests/support/eventually.ts'
import { ACCOUNT_TOPIC } from '../save-account.ts'

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

test('forged tokens and tokens of another account are refused', async () => {
  const visitor = await aVisitor()
  const elsewhere = await visit(server.url, { account: server.stranger.key })
  const [body = '', signature = ''] = visitor.hello.token.split('.')
  const changed = Buffer.from(
    JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), v: randomUUID() }),
  ).toString('base64url')

  for (const token of [`${changed}.${signature}`, `${body}.`, 'x', elsewhere.hello.token]) {
    await expect(aVisitor({ token })).rejects.toThrow('chat.token_refused')
  }
  await expect(visit(server.url, { account: 'no-such-account-key' })).rejects.toThrow('chat.unknown_account')
  await expect(visit(server.url, {})).rejects.toThrow('chat.invalid')
  visitor.leave()
  elsewhere.leave()
})

test('only allowed sites may open the chat, and our own page always', async () => {
  const another = await startChatServer()
  another.configure({ allowedOrigins: ['https://shop.example'] })
  const from = (origin: string) => visit(another.url, { account: another.key }, { origin })

  const shop = await from('https://shop.example')
  const own = await from('http://okno.test')

  await expect(from('https://evil.example')).rejects.toThrow('chat.origin_refused')
  await expect(visit(another.url, { account: another.key })).rejects.toThrow('chat.origin_refused')
  shop.leave()
  own.leave()
  await another.close()
})

test('an account that was switched off takes nothing more, also from those who came before', async () => {
  const another = await startChatServer()
  const visitor = await visit(another.url, { account: another.key })
  const { workspaceId, accountId } = another
  another.configure(null)
  another.platform.bus.publish(ACCOUNT_TOPIC, { workspaceId, accountId })

  await eventually(async () => {
    const ack = await visitor.ask('history', {})
    return !ack.ok && ack.code === 'chat.unknown_account'
  })
  // Not final: the widget keeps what was written, and says it when the account is back.
  expect(await say(visitor, 'Есть кто?')).toMatchObject({ ok: false, isFinal: false })
  expect(await another.arrivals()).toEqual([])
  another.configure({})
  another.platform.bus.publish(ACCOUNT_TOPIC, { workspaceId, accountId })
  await eventually(async () => (await visitor.ask('history', {})).ok)
  expect(await say(visitor, 'Есть кто?')).toMatchObject({ ok: true, seq: 1 })
  visitor.leave()
  await another.close()
})

test('an identity signed by the host page is proven; any other proves nothing', async () => {
  const soon = Date.now() / 1000 + 600
  const claims = { id: 'C-17', name: 'Олег', email: 'Oleg@Example.com', phone: '+7 900 000-00-17', exp: soon }
  const visitor = await aVisitor(signedIdentity(claims))
  const forger = await aVisitor({ ...signedIdentity(claims, 'another secret of somebody') })

  const key = aKey()
  const forgedKey = aKey()
  await say(visitor, 'Это я', key)
  await say(forger, 'Я — Олег', forgedKey)

  const bodyOf = async (id: string) => (await server.arrivals()).find((arrival) => arrival.key.endsWith(id))?.body
  expect(await bodyOf(key)).toMatchObject({
    visitor: { identity: { id: 'C-17', name: 'Олег', email: 'oleg@example.com', phone: '+79000000017' } },
  })
  expect((await bodyOf(forgedKey))?.visitor).not.toHaveProperty('identity')
  expect(IDENTITY_SECRET.length).toBeGreaterThanOrEqual(16)
  visitor.leave()
  forger.leave()
})

test('who signs in on a browser after somebody else does not see the other one’s talk', async () => {
  const exp = Date.now() / 1000 + 600
  const anonymous = await aVisitor()
  await say(anonymous, 'пока без имени')
  const signedIn = await aVisitor({ token: anonymous.hello.token, ...signedIdentity({ id: 'C-1', exp }) })
  const sameAgain = await aVisitor({ token: signedIn.hello.token, ...signedIdentity({ id: 'C-1', exp: 1 }) })

  const somebodyElse = await aVisitor({ token: signedIn.hello.token, ...signedIdentity({ id: 'C-2', exp }) })
  const signedOut = await aVisitor({ token: signedIn.hello.token })

  expect(signedIn.hello.entries.map(({ text }) => text)).toEqual(['пока без имени'])
  expect(sameAgain.hello.entries).toHaveLength(1)
  expect(somebodyElse.hello.entries).toEqual([])
  expect(signedOut.hello.entries).toEqual([])
  for (const visitor of [anonymous, signedIn, sameAgain, somebodyElse, signedOut]) visitor.leave()
})

test('too many messages are refused for a while, politely', async () => {
  const visitor = await aVisitor()

  const acks = []
  for (let n = 0; n < 25; n++) acks.push(await say(visitor, `${n}`))

  const refused = acks.find((ack) => !ack.ok)
  expect(acks.filter((ack) => ack.ok).length).toBeGreaterThanOrEqual(20)
  expect(refused).toMatchObject({ code: 'chat.too_many', isFinal: false, retryAfterMs: expect.any(Number) })
  visitor.leave()
})

test('one address cannot open chats without end', async () => {
  const headers = { 'x-forwarded-for': '203.0.113.9' }
  const results = await Promise.allSettled(Array.from({ length: 130 }, () => aVisitor({}, headers)))

  const refused = results.filter((result) => result.status === 'rejected')
  expect(refused.length).toBeGreaterThan(0)
  expect(refused[0]?.reason).toMatchObject({ message: 'chat.too_many' })
  for (const result of results) if (result.status === 'fulfilled') result.value.leave()
})
