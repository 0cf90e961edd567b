import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { RawInput } from '../../channel-adapter.ts'
import { adapterContract, anOutgoingMessage, type Misbehaviour, memoryIo } from '../adapter-contract.ts'
import { api } from './index.ts'

const SECRET = 'a shared secret of 32 characters'
const AT = new Date('2026-12-31T12:00:00Z')

function signed(at: Date, body = '{"from":{"id":"1"},"text":"x"}', secret = SECRET): RawInput {
  const seconds = Math.floor(at.getTime() / 1000)
  const hex = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  return { key: '', receivedAt: AT, headers: { 'okno-signature': `t=${seconds},v1=${hex}` }, body: Buffer.from(body) }
}
const shifted = (seconds: number) => new Date(AT.getTime() + seconds * 1000)

adapterContract(api, {
  config: { secret: SECRET, webhookUrl: 'https://shop.example/okno' },
  secrets: [SECRET],
  fixtures: fileURLToPath(new URL('./fixtures', import.meta.url)),
  webhook: {
    genuine: [signed(AT), signed(shifted(-299)), signed(shifted(299))],
    forged: [
      signed(shifted(-301)),
      signed(shifted(301)),
      signed(AT, undefined, 'another secret of 32 characters'),
      { ...signed(AT), body: Buffer.from('{"from":{"id":"1"},"text":"y"}') },
      { ...signed(AT), headers: {} },
      { ...signed(AT), headers: { 'okno-signature': 't=,v1=' } },
    ],
  },
  fakeProvider: async (misbehaviour: Misbehaviour) => {
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        if (misbehaviour === 'drops_connection') request.socket.destroy()
        else response.writeHead(429, { 'retry-after': '7' }).end(`slow down, ${SECRET.length} letters`)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    return {
      config: { secret: SECRET, webhookUrl: `http://127.0.0.1:${port}/`, allowPrivateAddresses: true },
      fetch,
      close: async () => {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      },
    }
  },
})

test('an answer names the writer in the words of the calling system', async () => {
  const bodies: { to: object }[] = []
  const io = memoryIo({
    fetch: async (_url, init) => {
      bodies.push(JSON.parse(String(init?.body)))
      return new Response('ok')
    },
  })
  const account = api.open({ webhookUrl: 'https://shop.example/okno' }, io)
  for (const to of ['u-7', 'email:maria@shop.example', 'phone:+79123456789'])
    await account.send(anOutgoingMessage({ to }))

  expect(bodies.map(({ to }) => to)).toEqual([
    { id: 'u-7' },
    { email: 'maria@shop.example' },
    { phone: '+79123456789' },
  ])
})

test.each([
  ['2019-03-01T10:00:00+03:00', '2019-03-01T07:00:00.000Z'],
  // Seconds taken for milliseconds, or no date at all: an answer would be due since then.
  ['1970-01-21T15:25:00Z', AT.toISOString()],
  ['2027-02-01T00:00:00Z', AT.toISOString()],
])('a message sent at %s counts as sent at %s', async (sentAt, expected) => {
  const body = Buffer.from(JSON.stringify({ from: { id: '1' }, text: 'Да', sentAt }))
  const [fact] = await api.open({}, memoryIo()).normalise({ key: '', receivedAt: AT, headers: {}, body })

  expect(fact).toMatchObject({ type: 'message', sentAt: new Date(expected) })
})

test('e-mails and phones are proven only when the calling system is trusted', async () => {
  const raw = { ...signed(AT), body: Buffer.from('{"from":{"id":"1","email":"a@b.example"},"text":"x"}') }
  const provenBy = async (config: object) => {
    const [fact] = await api.open(config, memoryIo()).normalise(raw)
    return fact?.type === 'message' && fact.from.identities[0]?.proven
  }

  expect(await provenBy({})).toBe(false)
  expect(await provenBy({ trustIdentities: true })).toBe(true)
})
