import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#platform/shared/ids'
import { eventually, openChannels, type TestChannels } from '../../../../tests/support/channels.ts'
import type { Account } from '../../contract/accounts.ts'

let okno: TestChannels
let mail: Account
let api: Account

beforeAll(async () => {
  okno = await openChannels({ env: { OKNO_DEMO: '1', OKNO_SMTP_PORT: '0' } })
  mail = await okno.account({ kind: 'email', address: 'help@okno.test' })
  api = await okno.account({ kind: 'api', name: 'Магазин', config: { secret: 'a shared secret of 32 characters' } })
  for (const { id } of [mail, api]) await okno.call('POST', `/api/v1/sandbox/accounts/${id}`)
})
afterAll(() => okno.close())

const play = (what: string, body: object) => okno.call('POST', `/api/v1/sandbox/${what}`, body)
async function answer(accountId: string, more: object) {
  const messageId = newId()
  const draft = { messageId, accountId, lane: newId(), fileIds: [], references: [], text: 'Уже в пути', to: 'c-1' }
  await okno.platform.transaction(okno.workspaceId, (tx) => okno.channels.enqueueDelivery(tx, { ...draft, ...more }))
  return messageId
}
const stateIs = (id: string, state: string) =>
  eventually(() => okno.changes.some((change) => change.messageId === id && change.state === state))

test('a customer writes by mail, twice with the same bytes, gets the answer and answers it in the same talk', async () => {
  await play('mail', {
    accountId: mail.id,
    from: 'maria@home.test',
    name: 'Мария',
    subject: 'Заказ',
    text: 'Где?',
    duplicates: 2,
  })
  const asked = await eventually(() => okno.messages().find(({ subject }) => subject === 'Заказ'))
  expect(asked.from).toMatchObject({ address: 'maria@home.test', name: 'Мария' })

  const conversationId = newId()
  const id = await answer(mail.id, {
    to: 'maria@home.test',
    subject: 'Re: Заказ',
    inReplyTo: asked.id,
    references: [asked.id],
    replyToken: conversationId,
  })
  await stateIs(id, 'sent')
  const { body } = await okno.call('GET', '/api/v1/sandbox/mailbox')
  expect(body.items[0]).toMatchObject({ to: ['maria@home.test'], subject: 'Re: Заказ', from: 'help@okno.test' })

  const [{ replyTo, messageId }] = body.items
  await play('mail', {
    accountId: mail.id,
    from: 'maria@home.test',
    to: replyTo,
    subject: 'Re: Заказ',
    text: 'Спасибо',
    inReplyTo: messageId,
  })
  const thanked = await eventually(() => okno.messages().find(({ text }) => text.includes('Спасибо')))
  expect(thanked.threads[0]).toBe(`reply:${conversationId}`)
  expect(okno.messages()).toHaveLength(2)
})

test('trouble of the mail server shows as what is known of the message', async () => {
  await play('faults', { mail: { kind: 'reject' } })
  await stateIs(await answer(mail.id, { to: 'a@home.test' }), 'failed')
  await play('faults', { mail: { kind: 'drop' } })
  await stateIs(await answer(mail.id, { to: 'b@home.test' }), 'unknown')
  await play('faults', { mail: { kind: 'delay', ms: 200 } })
  await stateIs(await answer(mail.id, { to: 'c@home.test' }), 'sent')
  await play('faults', { mail: { kind: 'none' } })
})

test('another system hands over a message, signed, and gets the answer by webhook', async () => {
  await play('api', {
    accountId: api.id,
    message: { id: 'm-1', from: { id: 'c-1' }, text: 'Из магазина' },
    duplicates: 5,
  })
  await eventually(() => okno.messages().some(({ text }) => text === 'Из магазина'))
  await stateIs(await answer(api.id, {}), 'sent')

  const { body } = await okno.call('GET', '/api/v1/sandbox/webhooks')
  expect(body.items).toMatchObject([{ accountId: api.id, status: 200 }])
  expect(JSON.parse(body.items[0].body)).toMatchObject({ text: 'Уже в пути', to: { id: 'c-1' } })
})

test('answers go to the process that started last, then to the one that was told of trouble', async () => {
  const second = await openChannels({ beside: okno, env: { OKNO_DEMO: '1', OKNO_SMTP_PORT: '0' } })
  // Either process may send an answer.
  const eitherSays = (id: string, state: string) =>
    eventually(() => [...okno.changes, ...second.changes].some((one) => one.messageId === id && one.state === state))
  try {
    await eitherSays(await answer(mail.id, { to: 'd@home.test', subject: 'После' }), 'sent')
    const { body } = await second.call('GET', '/api/v1/sandbox/mailbox')
    expect(body.items).toMatchObject([{ subject: 'После' }])

    await play('faults', { mail: { kind: 'reject' } })
    await eitherSays(await answer(mail.id, { to: 'e@home.test' }), 'failed')
    await play('faults', { mail: { kind: 'none' } })
    await eitherSays(await answer(mail.id, { to: 'f@home.test' }), 'sent')
  } finally {
    await second.close()
  }
})

test('without a demo there is no sandbox', async () => {
  const plain = await openChannels({ beside: okno })
  try {
    expect((await plain.call('GET', '/api/v1/sandbox')).body).toMatchObject({ isOn: false })
    expect((await plain.call('GET', '/api/v1/sandbox/mailbox')).status).toBe(404)
  } finally {
    await plain.close()
  }
})
