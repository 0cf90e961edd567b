import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ChatServer, startChatServer, visit } from '../../../../tests/support/chat-server.ts'
import type { ChatAck } from '../../contract/chat.ts'

let server: ChatServer
beforeAll(async () => {
  server = await startChatServer()
})
afterAll(() => server.close())

const oddText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\0', '\ud800', '<script>alert(1)</script>', '{"a":', '../../etc/passwd', '\u202e', '１'),
)
// At most one piece of bytes: a packet with more than ten is refused by socket.io itself, which closes that connection.
const anything = fc.oneof(
  fc.uint8Array({ maxLength: 20 }),
  fc.anything({ maxDepth: 2, values: [oddText, fc.double(), fc.boolean(), fc.constant(null)] }),
)
const nearlyRight = fc.record(
  {
    key: fc.oneof(oddText, fc.constant('0123456789')),
    text: fc.oneof(oddText, fc.integer()),
    files: fc.oneof(fc.array(oddText, { maxLength: 12 }), anything),
    page: fc.oneof(anything, fc.record({ url: oddText, title: oddText, referrer: fc.constant('javascript:alert(1)') })),
    delivered: fc.oneof(fc.integer(), fc.double()),
    read: fc.integer(),
    before: fc.integer(),
    after: anything,
    email: oddText,
  },
  { requiredKeys: [] },
)
const requests = fc.tuple(
  fc.oneof(fc.constantFrom('say', 'seen', 'history', 'leave_email', 'page', 'typing'), fc.string({ minLength: 1 })),
  fc.oneof(anything, nearlyRight),
)
/** Words that socket.io keeps for itself: its client refuses to send them. */
const RESERVED = ['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener']

test('whatever a visitor’s socket sends is answered, and the chat goes on', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(requests, { minLength: 1, maxLength: 15 }), async (list) => {
      const visitor = await visit(server.url, { account: server.key })
      for (const [name, data] of list.filter(([name]) => !RESERVED.includes(name))) {
        const ack: ChatAck = await visitor.ask(name, data)
        expect(ack.ok || ack.code !== 'chat.failed').toBe(true)
        if (name === '') continue
        visitor.socket.emit(name, data)
      }
      expect(await visitor.ask('say', { key: randomUUID(), text: 'после всего' })).toMatchObject({ ok: true })
      visitor.leave()
    }),
    { numRuns: 60 },
  )
})

test('whatever a visitor connects with is let in or refused by a code', { timeout: 60_000 }, async () => {
  const auth = fc.record(
    {
      account: fc.oneof(oddText, fc.constant(server.key)),
      token: anything,
      identity: oddText,
      signature: oddText,
      after: anything,
      page: anything,
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(auth, async (given) => {
      const outcome = await visit(server.url, given).then(
        (visitor) => {
          visitor.leave()
          return 'in'
        },
        (error: Error) => error.message,
      )
      expect(['in', 'chat.invalid', 'chat.unknown_account', 'chat.token_refused']).toContain(outcome)
    }),
    { numRuns: 60 },
  )
})

test('no address that is not of the web comes through as a page', async () => {
  const visitor = await visit(server.url, { account: server.key })
  const key = randomUUID()

  await visitor.ask('say', {
    key,
    text: 'a',
    page: { url: 'javascript:alert(1)', title: 'x\0', referrer: 'data:text/html,x' },
  })

  const arrival = (await server.arrivals()).find((one) => one.key.endsWith(key))
  expect(arrival?.body.page).toEqual({ title: 'x' })
  visitor.leave()
})
