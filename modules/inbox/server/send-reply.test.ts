import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Account,
  aConversation,
  aMessage,
  anAccount,
  anOperator,
  type Colleague,
  conversationsOf,
  receive,
  setPresent,
  threadOf,
} from '../../../tests/support/inbox.ts'
import { type TestOkno, testPlatform } from '../../../tests/support/platform.ts'
import type { DeliveryChange } from './uses.ts'

let okno: TestOkno
let shop: Account
let mail: Account
let anna: Colleague
let now = new Date('2026-11-18T09:00:00Z')

beforeAll(async () => {
  okno = await testPlatform({ now: () => now })
  shop = await anAccount(okno)
  const created = await okno.call('POST', '/accounts', { kind: 'email', name: 'Почта', address: 'shop@okno.test' })
  mail = { ...created.body, teamId: null }
  anna = await anOperator(okno)
})
afterAll(() => okno.close())

const reply = (id: string, body: object, headers: Record<string, string> = {}) =>
  anna.call('POST', `/conversations/${id}/replies`, body, headers)
const show = async (id: string) => (await okno.call('GET', `/conversations/${id}`)).body
const queued = async (messageId: string) =>
  (await okno.platform.database.pool.query('select * from channels.deliveries where id = $1', [messageId])).rows[0]
const delivery = (change: Partial<DeliveryChange> & { messageId: string }) =>
  okno.platform.transaction(okno.workspaceId, (tx) =>
    okno.modules.inbox.receiver.deliveriesChanged(tx, [
      { accountId: shop.id, state: 'sent', providerId: null, reason: null, reasonCode: null, ...change },
    ]),
  )

test('an answer goes back by the account and address of the last message, in its thread', async () => {
  const thread = randomUUID()
  const { id, sender, fact } = await aConversation(okno, shop, { threads: [thread] })

  const { status, body } = await reply(id, { text: 'Уже в пути' })

  expect(status).toBe(201)
  expect(body).toMatchObject({
    direction: 'out',
    channel: 'api',
    account: { id: shop.id },
    from: { name: anna.name, operatorId: anna.id },
    to: sender,
    text: 'Уже в пути',
    delivery: { state: 'queued' },
  })
  expect(await queued(body.id)).toMatchObject({
    account_id: shop.id,
    lane: id,
    message: { to: sender, thread, text: 'Уже в пути', references: [fact.id], inReplyTo: fact.id, replyToken: id },
  })
})

test('who answers what was nobody’s owns it, nobody waits any more, and the norm is measured', async () => {
  const { id } = await aConversation(okno, shop)
  now = new Date(now.getTime() + 30 * 60_000)

  await reply(id, { text: 'Здравствуйте!' })

  expect(await show(id)).toMatchObject({
    owner: { id: anna.id },
    status: 'waiting',
    routing: { code: 'taken' },
    waitingSince: null,
    dueAt: null,
    firstAnswerSeconds: 1800,
  })
  const day = await anna.call('GET', '/conversations/own-day')
  expect(day.body).toMatchObject({ answered: 2, firstAnswers: 2, firstAnswersWithinHour: 2 })
})

test('a thread that moved unseen asks first, and says how much', async () => {
  const { id, sender, fact, lastSeq } = await aConversation(okno, shop)
  await receive(okno, shop, [aMessage({ sender, threads: fact.threads }), aMessage({ sender, threads: fact.threads })])

  const refused = await reply(id, { text: 'Ответ на первое', seenSeq: lastSeq })
  const meant = await reply(id, { text: 'Ответ на первое' })
  const own = await reply(id, { text: 'И ещё слово', seenSeq: lastSeq + 2 })

  expect(refused).toMatchObject({ status: 409, body: { code: 'inbox.thread_moved', params: { count: 2 } } })
  expect([meant.status, own.status]).toEqual([201, 201])
})

test('the same idempotency key sends once, also at the same moment; for other words it is refused', async () => {
  const { id } = await aConversation(okno, shop)
  const key = { 'idempotency-key': randomUUID() }

  const answers = await Promise.all([1, 2, 3, 4].map(() => reply(id, { text: 'Один раз' }, key)))
  const other = await reply(id, { text: 'Другое' }, key)

  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
  expect(other.status).toBe(422)
  const thread = await threadOf(okno, id)
  expect(thread.filter((one: { direction: string }) => one.direction === 'out')).toHaveLength(1)
})

test('another account is a deliberate switch, recorded in the thread; without an address it is refused', async () => {
  const { id, sender } = await aConversation(okno, shop)
  const other = await anAccount(okno, { name: 'Другой магазин' })

  const refused = await reply(id, { text: 'Пишу туда', accountId: other.id })
  const switched = await reply(id, { text: 'Пишу на почту', accountId: mail.id })

  expect(refused).toMatchObject({ status: 422, body: { code: 'inbox.no_route' } })
  expect(switched.body).toMatchObject({ channel: 'email', to: sender })
  const events = (await threadOf(okno, id)).flatMap((one: { event: { code: string } | null }) => one.event ?? [])
  expect(events).toContainEqual({ code: 'channel_switched', params: { account: mail.name } })
})

test('the routes of a conversation name the preset one and the others', async () => {
  const { id, sender } = await aConversation(okno, shop)

  const { body } = await anna.call('GET', `/conversations/${id}/routes`)

  expect(body.items).toMatchObject([
    { accountId: shop.id, address: sender, isDefault: true, allowed: true, reasonCode: null },
    { accountId: mail.id, kind: 'email', address: sender, isDefault: false },
  ])
})

test('nothing is not an answer, and HTML is made harmless', async () => {
  const { id } = await aConversation(okno, mail)

  const empty = await reply(id, { text: '  ' })
  const html = '<p>Добрый <b>день</b></p><script>alert(1)</script><img src=x onerror=alert(1)>'
  const { body } = await reply(id, { html })

  expect(empty).toMatchObject({ status: 422, body: { code: 'inbox.reply_empty' } })
  expect(body).toMatchObject({ html: '<p>Добрый <b>день</b></p>', text: 'Добрый день' })
})

test('files of an answer are sent and shown; an unknown one is refused', async () => {
  const { id } = await aConversation(okno, mail)
  const file = await okno.platform.transaction(okno.workspaceId, (tx) =>
    okno.platform.files.save(tx, { name: 'счёт.pdf', mime: 'application/pdf', content: new Uint8Array([1]) }),
  )

  const unknown = await reply(id, { text: 'Счёт', files: [randomUUID()] })
  const { body } = await reply(id, { text: 'Счёт', files: [file.id] })

  expect(unknown).toMatchObject({ status: 404, body: { code: 'file.not_found' } })
  expect(body.files).toMatchObject([{ id: file.id, name: 'счёт.pdf' }])
  expect((await queued(body.id)).message.fileIds).toEqual([file.id])
})

test('an answer closes the conversation when asked; answering a closed one opens it again', async () => {
  const { id } = await aConversation(okno, shop)

  await reply(id, { text: 'Готово', after: 'close' })
  const closed = await show(id)
  await reply(id, { text: 'Забыла сказать' })

  expect(closed.status).toBe('closed')
  expect(await show(id)).toMatchObject({ status: 'waiting', closedAt: null })
})

test('the fate of an answer only goes on, and its ids bring the next words back', async () => {
  const { id, sender } = await aConversation(okno, shop)
  const { body } = await reply(id, { text: 'Ответ' })

  for (const state of ['sending', 'sent', 'read', 'delivered', 'sent'] as const)
    await delivery({ messageId: body.id, state, providerId: 'their-id', thread: 'their-thread' })
  await receive(okno, shop, [aMessage({ sender, threads: ['their-thread'] })])
  await receive(okno, shop, [aMessage({ sender, threads: ['their-id'] })])

  const thread = await threadOf(okno, id)
  expect(thread.find((one: { id: string }) => one.id === body.id).delivery.state).toBe('read')
  expect(thread.filter((one: { direction: string }) => one.direction === 'in')).toHaveLength(3)
  expect(await conversationsOf(okno, sender)).toHaveLength(1)
})

test('an answer that did not arrive is owed again, and can be sent again', async () => {
  const { id } = await aConversation(okno, shop)
  const { body } = await reply(id, { text: 'Ответ', after: 'close' })
  await okno.platform.database.pool.query(`update channels.deliveries set state = 'failed' where id = $1`, [body.id])
  await delivery({ messageId: body.id, state: 'failed', reason: 'Ящик переполнен', reasonCode: 'rejected' })
  const failed = await show(id)
  const shown = (await anna.call('GET', `/messages/${body.id}`)).body

  const again = await anna.call('POST', `/messages/${body.id}/resend`)

  expect(failed).toMatchObject({ status: 'open', waitingSince: now.toISOString() })
  expect(shown).toMatchObject({
    delivery: { state: 'failed', reason: 'Ящик переполнен', reasonCode: 'rejected' },
    can: { resend: true },
  })
  expect(again).toMatchObject({ status: 200, body: { delivery: { state: 'queued' } } })
  expect(await show(id)).toMatchObject({ status: 'waiting', waitingSince: null })
})

test('an answer that did not arrive comes back to its operator while present, else to the queue', async () => {
  const failing = async () => {
    const { id } = await aConversation(okno, shop)
    const { body } = await reply(id, { text: 'Ответ' })
    await delivery({ messageId: body.id, state: 'failed', reason: 'Ящик переполнен', reasonCode: 'rejected' })
    return show(id)
  }
  const away = await failing()
  await setPresent(okno, [anna.id])
  const here = await failing()
  await setPresent(okno, [anna.id], false)

  expect(away).toMatchObject({ status: 'open', owner: null, waitingSince: now.toISOString() })
  expect(here).toMatchObject({ status: 'open', owner: { id: anna.id }, waitingSince: now.toISOString() })
})

test('sending an old answer again does not end the wait of somebody who wrote since, however late their words came', async () => {
  const { id, sender, fact } = await aConversation(okno, shop)
  const { body } = await reply(id, { text: 'Ответ' })
  await okno.platform.database.pool.query(`update channels.deliveries set state = 'failed' where id = $1`, [body.id])
  await delivery({ messageId: body.id, state: 'failed', reason: 'Ящик переполнен', reasonCode: 'rejected' })
  const sentAt = new Date(now.getTime() - 3_600_000)
  await receive(okno, shop, [aMessage({ sender, threads: fact.threads, sentAt })])

  const again = await anna.call('POST', `/messages/${body.id}/resend`)

  expect(again.status).toBe(200)
  expect(await show(id)).toMatchObject({ status: 'open', waitingSince: now.toISOString() })
})

test('a form is answered by mail at the address that was left', async () => {
  const form = await okno.call('POST', '/accounts', { kind: 'form', name: 'Заявка', config: {} })
  if (form.status >= 300) return expect.unreachable(JSON.stringify(form.body))
  const { id, sender } = await aConversation(okno, { ...form.body, teamId: null })

  const { body } = await reply(id, { text: 'Спасибо за заявку' })

  expect(body).toMatchObject({ channel: 'email', to: sender })
})

test('we write first: a conversation that waits for the customer and is owned by its writer', async () => {
  const { person } = await aConversation(okno, shop)

  const started = await anna.call('POST', '/conversations', {
    personId: person.id,
    accountId: mail.id,
    to: 'anna@example.test',
    subject: 'Ваш заказ',
    text: 'Готов к выдаче',
  })
  const nobody = await anna.call('POST', '/conversations', {
    personId: randomUUID(),
    accountId: mail.id,
    to: 'anna@example.test',
    text: 'Кому это?',
  })

  expect(started).toMatchObject({
    status: 201,
    body: { status: 'waiting', owner: { id: anna.id }, subject: 'Ваш заказ' },
  })
  expect(nobody.status).toBe(404)
})

test('an answer that the chat did not show goes by mail too, once', async () => {
  const { id, sender } = await aConversation(okno, shop)
  const { body } = await reply(id, { text: 'Вы ещё здесь?' })

  for (let i = 0; i < 2; i++)
    await okno.platform.transaction(okno.workspaceId, (tx) =>
      okno.modules.inbox.mailUnseen(tx, { messageId: body.id, email: sender }),
    )

  const copies = (await threadOf(okno, id)).filter((one: { channel: string }) => one.channel === 'email')
  expect(copies).toMatchObject([{ direction: 'out', text: 'Вы ещё здесь?', to: sender, from: { name: anna.name } }])
})
