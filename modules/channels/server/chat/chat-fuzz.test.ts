import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ChatServer, startChatServer, visit } from '../../../../tests/support/chat-server.ts'
import { SEARCH_TIMEOUT_MS, search } from '../../../../tests/support/fuzz.ts'
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

test('whatever a visitor’s socket sends is answered, and the chat goes on', {
  timeout: SEARCH_TIMEOUT_MS,
}, async () => {
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
    search({ runs: 60 }),
  )
})

test('whatever a visitor connects with is let in or refused by a code', { timeout: SEARCH_TIMEOUT_MS }, async () => {
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
    search({ runs: 60 }),
  )
})

/** What the protocol below the events takes: packets of Engine.IO and Socket.IO, whole, cut, nested, with pieces that never come. */
const frame = fc.oneof(
  fc.uint8Array({ maxLength: 50 }),
  fc
    .tuple(
      fc.constantFrom(
        '',
        '0',
        '1',
        '2',
        '3',
        '4',
        '40',
        '41',
        '42',
        '43',
        '44',
        '451-',
        '4599-',
        '4699-',
        '42/visitors,',
        '9',
      ),
      oddText,
      fc.json(),
    )
    .map((parts) => parts.join('')),
  fc.constantFrom(
    '40/visitors,',
    '40/operators,',
    '40/nowhere,',
    '42/visitors,["say"]',
    '451-/visitors,["say",{"_placeholder":true,"num":9}]',
  ),
)

test('packets that no client would send end their own connection at most', { timeout: SEARCH_TIMEOUT_MS }, async () => {
  const address = `${server.url}/socket.io/?EIO=4&transport=`
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 10 }), fc.boolean(), async (frames, isPolling) => {
      if (isPolling) {
        const opened = await (await fetch(`${address}polling`)).text()
        const sid: unknown = JSON.parse(opened.slice(1)).sid
        for (const body of frames)
          await fetch(`${address}polling&sid=${sid}`, { method: 'POST', body: Buffer.from(body) })
      } else {
        const socket = new WebSocket(`${address.replace('http', 'ws')}websocket`)
        const closed = new Promise((resolve) => socket.addEventListener('close', resolve))
        await new Promise((resolve) => socket.addEventListener('open', resolve))
        for (const one of frames) socket.send(typeof one === 'string' ? one : Buffer.from(one))
        socket.close()
        await closed
      }

      const visitor = await visit(server.url, { account: server.key })
      expect(await visitor.ask('history', {})).toMatchObject({ ok: true })
      visitor.leave()
    }),
    search({ runs: 50 }),
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
