import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { newId } from '#platform/shared/ids'
import { eventually, openChannels, otherCompany, type TestChannels } from '../../../tests/support/channels.ts'
import type { Account } from '../contract/accounts.ts'
import { startWebhookReceiver, type WebhookReceiver } from './simulators/webhook-receiver.ts'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

let okno: TestChannels
let shop: WebhookReceiver
let account: Account

beforeAll(async () => {
  okno = await openChannels()
  shop = await startWebhookReceiver()
  account = await anAccount()
})
afterEach(() => shop.behave({ kind: 'answer', status: 200 }))
afterAll(async () => {
  await okno.close()
  await shop.close()
})

const anAccount = (config: Record<string, unknown> = {}) =>
  okno.account({
    kind: 'api',
    name: 'Магазин',
    config: { webhookUrl: shop.url, secret: SECRET, allowPrivateAddresses: true, ...config },
  })

async function send(text: string, { lane = newId(), accountId = account.id, fileIds = [] as string[] } = {}) {
  const messageId = newId()
  await okno.platform.transaction(okno.workspaceId, (tx) =>
    okno.channels.enqueueDelivery(tx, {
      messageId,
      accountId,
      lane,
      to: 'c-1',
      toName: 'Мария',
      fromName: 'Анна',
      thread: 'T-1',
      text,
      fileIds,
      references: [],
    }),
  )
  return messageId
}
const stateOf = async (id: string) => (await okno.rows('select * from channels.deliveries where id = $1', [id]))[0]
const untilState = (id: string, state: string) =>
  eventually(async () => {
    const row = await stateOf(id)
    return row?.state === state && row
  })
const callsOf = (id: string) => shop.calls.filter(({ headers }) => headers['webhook-id'] === id)
const healthOf = async (id: string) =>
  (await okno.rows('select health from channels.accounts where id = $1', [id]))[0]?.health
const soon = (id: string) => okno.rows('update channels.deliveries set next_try_at = now() where id = $1', [id])
const wake = (accountId = account.id) => okno.channels.updateAccount(okno.admin, accountId, { isEnabled: true })

test('an answer reaches the webhook, signed, with its files, and is then sent', async () => {
  const file = await okno.platform.transaction(okno.workspaceId, (tx) =>
    okno.platform.files.save(tx, { name: 'план.txt', mime: 'text/plain', content: Buffer.from('план') }),
  )
  const id = await send('Здравствуйте', { fileIds: [file.id] })

  await untilState(id, 'sent')
  const [call] = callsOf(id)
  expect(JSON.parse(call?.body ?? '')).toMatchObject({
    id,
    thread: 'T-1',
    to: { id: 'c-1', name: 'Мария' },
    from: { name: 'Анна' },
    text: 'Здравствуйте',
    files: [{ name: 'план.txt', contentBase64: Buffer.from('план').toString('base64') }],
  })
  const signed = `${id}.${call?.headers['webhook-timestamp']}.${call?.body}`
  const expected = createHmac('sha256', Buffer.from(SECRET.slice(6), 'base64'))
    .update(signed)
    .digest('base64')
  expect(call?.headers['webhook-signature']).toBe(`v1,${expected}`)
  await eventually(() => okno.changes.some((change) => change.messageId === id && change.state === 'sent'))
})

test('a rolled-back answer is never sent', async () => {
  const messageId = newId()
  const before = shop.calls.length
  await expect(
    okno.platform.transaction(okno.workspaceId, async (tx) => {
      const draft = { to: 'c', text: 'нет', fileIds: [], references: [] }
      await okno.channels.enqueueDelivery(tx, { messageId, accountId: account.id, lane: newId(), ...draft })
      throw new Error('changed my mind')
    }),
  ).rejects.toThrow('changed my mind')
  await untilState(await send('другое'), 'sent')

  expect(shop.calls).toHaveLength(before + 1)
})

test('answers of one conversation leave in order, also when the first has to wait', async () => {
  shop.behave({ kind: 'answer', status: 503 }, 1)
  const lane = newId()
  const ids: string[] = []
  for (const n of [1, 2, 3]) ids.push(await send(`№ ${n}`, { lane }))
  const other = await send('другой разговор')

  await untilState(other, 'sent')
  const [first = ''] = ids
  await untilState(first, 'queued')
  expect(await stateOf(first)).toMatchObject({ reason_code: 'unreachable', attempts: 1 })
  await soon(first)
  await wake()

  for (const id of ids) await untilState(id, 'sent')
  const order = [...shop.taken().keys()].filter((id) => ids.includes(id))
  expect(order).toEqual(ids)
})

test('429 is tried again when the provider says so', async () => {
  shop.behave({ kind: 'answer', status: 429, headers: { 'retry-after': '1' } }, 1)
  const id = await send('терпение')

  await untilState(id, 'sent')
  const [first, second] = callsOf(id)
  expect(first?.status).toBe(429)
  expect(Number(second?.at) - Number(first?.at)).toBeGreaterThanOrEqual(950)
})

test('what the provider refuses fails at once, with its words, and the lane goes on', async () => {
  shop.behave({ kind: 'answer', status: 422 }, 1)
  const lane = newId()
  const refused = await send('плохо', { lane })
  const next = await send('хорошо', { lane })

  await untilState(refused, 'failed')
  await untilState(next, 'sent')
  expect(await stateOf(refused)).toMatchObject({ reason_code: 'rejected', reason: 'The webhook answered 422' })

  await okno.platform.transaction(okno.workspaceId, (tx) => okno.channels.resend(tx, refused))
  await untilState(refused, 'sent')
})

test('words of a provider that no database takes are told without what is wrong in them', async () => {
  shop.behave({ kind: 'answer', status: 422, body: `нет\0${'x'.repeat(195)}😀` }, 1)
  const id = await send('плохие слова')

  await untilState(id, 'failed')
  expect((await stateOf(id))?.reason).toMatch(/^The webhook answered 422: нетx{195}\p{L}?/u)
})

test('a line that breaks after the message was taken does not make two of it', async () => {
  shop.behave({ kind: 'cut' }, 1)
  const id = await send('обрыв')

  await untilState(id, 'queued')
  await soon(id)
  await wake()
  await untilState(id, 'sent')
  expect(callsOf(id)).toHaveLength(2)
  expect([...shop.taken().keys()].filter((one) => one === id)).toHaveLength(1)
})

test('without an address answers wait and say so, and go out as soon as there is one', async () => {
  const empty = await okno.account({ kind: 'api', name: 'Пустой' })
  const id = await send('жду', { accountId: empty.id })

  await eventually(async () => (await stateOf(id))?.reason_code === 'not_configured')
  expect(await stateOf(id)).toMatchObject({ state: 'queued', reason: 'No address for answers is set.' })
  await okno.channels.updateAccount(okno.admin, empty.id, {
    config: { webhookUrl: shop.url, allowPrivateAddresses: true },
  })
  await untilState(id, 'sent')
})

test('wrong credentials make the account fail visibly while the answer waits', async () => {
  shop.behave({ kind: 'answer', status: 401 }, 1)
  const own = await anAccount()
  const id = await send('пароль', { accountId: own.id })

  await eventually(async () => (await stateOf(id))?.reason_code === 'unauthorised')
  expect(await stateOf(id)).toMatchObject({ state: 'queued' })
  // The account is told of in a transaction of its own.
  await expect
    .poll(() => okno.rows('select health, health_reason from channels.accounts where id = $1', [own.id]))
    .toEqual([{ health: 'failing', health_reason: 'The webhook answered 401' }])
  // Nothing can be tried without a message, so settings that look right do not hide what a message met.
  expect((await okno.call('POST', `/api/v1/accounts/${own.id}/verify`)).status).toBe(200)
  expect(await healthOf(own.id)).toBe('failing')

  await soon(id)
  await wake(own.id)
  await untilState(id, 'sent')
  expect(await healthOf(own.id)).toBe('connected')
})

test.each([
  ['http://127.0.0.1:8123/', 'loopback'],
  ['http://[::1]:8123/', 'loopback, IPv6'],
  ['http://[::ffff:10.0.0.1]/', 'IPv4 inside IPv6'],
  ['http://169.254.169.254/latest/meta-data', 'cloud metadata'],
  ['http://localhost:8123/', 'a name that leads inside'],
  ['http://2130706433/', 'a number that means 127.0.0.1'],
])('a webhook at %s (%s) is not called', async (webhookUrl) => {
  const inside = await anAccount({ webhookUrl, allowPrivateAddresses: false })
  const id = await send('внутрь', { accountId: inside.id })

  await untilState(id, 'failed')
  expect((await stateOf(id))?.reason).toMatch(/private address/)
})

test('redirects are not followed', async () => {
  shop.behave({ kind: 'answer', status: 302, headers: { location: shop.url } }, 1)
  const id = await send('дальше')

  await untilState(id, 'failed')
  expect(callsOf(id)).toHaveLength(1)
})

test('a disabled account sends nothing until it is enabled', async () => {
  const own = await anAccount()
  await okno.channels.updateAccount(okno.admin, own.id, { isEnabled: false })
  const id = await send('позже', { accountId: own.id })
  await untilState(await send('маяк'), 'sent')
  expect(await stateOf(id)).toMatchObject({ state: 'queued', attempts: 0 })

  await wake(own.id)
  await untilState(id, 'sent')
})

test('a process that died while sending: safe channels send again, others show the fate as unknown', async () => {
  const mail = await okno.account({ kind: 'email', address: 'crash@okno.test' })
  const [safe, unsafe] = [await send('раз'), await send('два', { accountId: mail.id })]
  await untilState(safe, 'sent')
  await untilState(unsafe, 'queued')
  await okno.rows(
    `update channels.deliveries set state = 'sending', lease_until = now() - interval '1 second' where id = any($1)`,
    [[safe, unsafe]],
  )

  const second = await openChannels({ beside: okno })
  try {
    await untilState(safe, 'sent')
    await untilState(unsafe, 'unknown')
    expect(callsOf(safe)).toHaveLength(2)
    expect(await stateOf(unsafe)).toMatchObject({ reason_code: 'interrupted' })
  } finally {
    await second.close()
  }
})

test('two processes send each message once', async () => {
  const second = await openChannels({ beside: okno })
  try {
    const lanes = Array.from({ length: 10 }, () => newId())
    const ids = await Promise.all(
      Array.from({ length: 60 }, (_, i) => send(`${i}`, { lane: lanes[i % 10] ?? newId() })),
    )
    for (const id of ids) await untilState(id, 'sent')
    expect(ids.map((id) => callsOf(id).length)).toEqual(ids.map(() => 1))
  } finally {
    await second.close()
  }
})

test('what could not be sent for three days is given up', async () => {
  const empty = await okno.account({ kind: 'api', name: 'Брошенный' })
  const id = await send('старое', { accountId: empty.id })
  await eventually(async () => (await stateOf(id))?.reason_code === 'not_configured')
  await okno.rows(`update channels.deliveries set queued_at = now() - interval '73 hours' where id = $1`, [id])

  await untilState(id, 'failed')
  expect(await stateOf(id)).toMatchObject({ reason_code: 'given_up' })
})

test('a message that was emptied for an erased person is not sent again, whoever asks', async () => {
  shop.behave({ kind: 'answer', status: 422 }, 1)
  const id = await send('личное')
  await untilState(id, 'failed')
  await okno.platform.transaction(okno.workspaceId, (tx) => okno.channels.eraseDeliveries(tx, [id]))

  await okno.platform.transaction(okno.workspaceId, (tx) => okno.channels.resend(tx, id))
  await eventually(async () => (await stateOf(id))?.reason === 'What was in this message was erased.')
  expect(callsOf(id)).toHaveLength(1)
})

test('only a failed or unknown message is sent again, and only by its own company', async () => {
  const id = await send('раз')
  await untilState(id, 'sent')
  const again = (workspaceId: string) => okno.platform.transaction(workspaceId, (tx) => okno.channels.resend(tx, id))

  await expect(again(okno.workspaceId)).rejects.toMatchObject({ code: 'channels.delivery_not_resendable' })
  const stranger = await otherCompany(okno)
  await expect(again(stranger.workspaceId)).rejects.toMatchObject({ code: 'channels.delivery_not_found' })
})
