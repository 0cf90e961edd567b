import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Account,
  aMessage,
  anAccount,
  anArrival,
  conversationsOf,
  threadOf,
} from '../../../tests/support/inbox.ts'
import { type TestOkno, testPlatform } from '../../../tests/support/platform.ts'
import type { MessageFact } from './uses.ts'

let okno: TestOkno
let shop: Account
const now = new Date('2026-11-18T09:00:00Z')

beforeAll(async () => {
  okno = await testPlatform({ now: () => now })
  shop = await anAccount(okno)
})
afterAll(() => okno.close())

const receive = (facts: MessageFact[], { account = shop, at = now } = {}) =>
  okno.platform.transaction(okno.workspaceId, (tx) =>
    okno.modules.inbox.receiver.receiveAll(tx, [anArrival(account, facts, at)]),
  )

test('a first message opens a conversation with number, person, norm and its words', async () => {
  await receive([aMessage({ sender: 'first@example.test', subject: 'Заказ 15' })])

  const [conversation] = await conversationsOf(okno, 'first@example.test')
  expect(conversation).toMatchObject({
    number: 1,
    subject: 'Заказ 15',
    status: 'new',
    person: { name: 'Анна Петрова' },
    lastText: 'Здравствуйте! Где мой заказ?',
    waitingSince: '2026-11-18T09:00:00.000Z',
    dueAt: '2026-11-18T10:00:00.000Z',
    limitAt: '2026-11-19T09:00:00.000Z',
    routing: { code: expect.stringMatching(/^(queued|nobody_present)$/) },
  })
  const [message] = await threadOf(okno, conversation.id)
  expect(message).toMatchObject({ seq: 1, direction: 'in', channel: 'api', from: { address: 'first@example.test' } })
})

const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const daysLater = (days: number) => minutesLater(days * 24 * 60)

/** One talk: messages under one provider thread from one sender. */
function aTalk() {
  const sender = `${randomUUID()}@example.test`
  const thread = randomUUID()
  return {
    sender,
    says: (text: string, more: Partial<MessageFact> = {}) => aMessage({ sender, threads: [thread], text, ...more }),
    conversations: () => conversationsOf(okno, sender),
  }
}

const close = (id: string) => okno.call('PATCH', `/conversations/${id}`, { status: 'closed' })

test('a message that comes twice is stored once, within one arrival and across many', async () => {
  const talk = aTalk()
  const message = talk.says('Один раз')

  await receive([message, message])
  await receive([message])

  const [conversation] = await talk.conversations()
  expect(await threadOf(okno, conversation.id)).toHaveLength(1)
})

test('200 duplicates at once are stored once', async () => {
  const talk = aTalk()
  const message = talk.says('Двести раз')

  await Promise.all(Array.from({ length: 200 }, () => receive([message])))

  const conversations = await talk.conversations()
  expect(conversations).toHaveLength(1)
  expect(await threadOf(okno, conversations[0].id)).toHaveLength(1)
})

test('200 first messages of one sender at once make one conversation, one person, no gap in the order', async () => {
  const talk = aTalk()

  await Promise.all(Array.from({ length: 200 }, (_, i) => receive([talk.says(`Сообщение ${i}`)])))

  const conversations = await talk.conversations()
  expect(conversations).toHaveLength(1)
  expect(conversations[0].lastSeq).toBe(200)
  const { rows } = await okno.platform.database.pool.query(
    'select array_agg(seq order by seq) as seqs from inbox.messages where conversation_id = $1',
    [conversations[0].id],
  )
  expect(rows[0].seqs).toEqual(Array.from({ length: 200 }, (_, i) => i + 1))
})

test('one batch of many arrivals gives the same as one after another', async () => {
  const [one, other] = [aTalk(), aTalk()]

  await okno.platform.transaction(okno.workspaceId, (tx) =>
    okno.modules.inbox.receiver.receiveAll(tx, [
      anArrival(shop, [one.says('Первое')], now),
      anArrival(shop, [other.says('Другой человек')], now),
      anArrival(shop, [one.says('Второе')], minutesLater(1)),
    ]),
  )

  const [first] = await one.conversations()
  expect(await one.conversations()).toHaveLength(1)
  expect((await threadOf(okno, first.id)).map((message: { text: string }) => message.text)).toEqual([
    'Первое',
    'Второе',
  ])
  expect(await other.conversations()).toHaveLength(1)
})

test('a thread is one talk for each participant: two people who answer the same newsletter are two talks', async () => {
  const newsletter = randomUUID()
  const [one, other] = [aTalk(), aTalk()]

  await receive([one.says('Отпишите меня', { threads: [newsletter] })])
  await receive([other.says('А где купить?', { threads: [newsletter] })])

  expect(await one.conversations()).toHaveLength(1)
  expect(await other.conversations()).toHaveLength(1)
})

test('mail without a known thread starts a conversation, whatever its subject', async () => {
  const talk = aTalk()

  await receive([talk.says('Раз', { threads: [randomUUID()], subject: 'Re: Счёт' })])
  await receive([talk.says('Два', { threads: [randomUUID()], subject: 'Re: Счёт' })])

  expect(await talk.conversations()).toHaveLength(2)
})

test('a reply token brings any participant into the conversation, by the account that handed it out', async () => {
  const [talk, colleague] = [aTalk(), aTalk()]
  await receive([talk.says('Вопрос')])
  const [conversation] = await talk.conversations()
  const token = `reply:${conversation.id}`
  const say = (thread: string, account = shop) =>
    receive([colleague.says(thread, { threads: [thread, randomUUID()] })], { account })

  await say(token)
  await okno.call('POST', `/conversations/${conversation.id}/replies`, { text: 'Ответ с ключом' })
  await say(token)
  await say(token, await anAccount(okno, { name: 'Другой' }))
  await say(`reply:${randomUUID()}`)
  await say('reply:no-id')

  const said = (await threadOf(okno, conversation.id)).filter((one: { direction: string }) => one.direction === 'in')
  expect(said).toMatchObject([{ text: 'Вопрос' }, { text: token, from: { address: colleague.sender } }])
  expect(await colleague.conversations()).toHaveLength(4)
})

test('a closed conversation is reopened within seven days and left alone after', async () => {
  const talk = aTalk()
  await receive([talk.says('Первый вопрос')])
  const [first] = await talk.conversations()
  await close(first.id)

  await receive([talk.says('Ещё вопрос')], { at: daysLater(6) })
  const [reopened] = await talk.conversations()
  await close(first.id)
  await receive([talk.says('Через месяц')], { at: daysLater(30) })
  await receive([talk.says('И сразу ещё')], { at: daysLater(30) })

  expect(reopened).toMatchObject({ id: first.id, status: 'open', closedAt: null })
  expect(await talk.conversations()).toMatchObject([
    { status: 'new', lastSeq: 2, lastText: 'И сразу ещё' },
    { id: first.id, status: 'closed' },
  ])
})

test.each(['auto_reply', 'bounce', 'mailing_list', 'notification'] as const)(
  'mail of a machine (%s) is shown, and neither wakes nor starts a clock',
  async (automatic) => {
    const talk = aTalk()
    await receive([talk.says('Вопрос')])
    const [conversation] = await talk.conversations()
    await close(conversation.id)

    await receive([talk.says('Я в отпуске', { automatic })])
    await receive([aMessage({ sender: talk.sender, text: 'Новости недели', automatic })])

    const [opened, known] = await talk.conversations()
    expect(known).toMatchObject({ id: conversation.id, status: 'closed', waitingSince: null, lastText: 'Я в отпуске' })
    expect(opened).toMatchObject({ status: 'new', priority: 'low', waitingSince: null, dueAt: null })
  },
)

test('an answer written outside Okno joins the thread and ends the wait', async () => {
  const talk = aTalk()
  await receive([talk.says('Вопрос')])

  const answer = talk.says('Ответ из почты', {
    direction: 'out',
    from: { address: 'shop@example.test', name: 'Магазин', identities: [] },
    to: [{ address: talk.sender }],
    sentAt: minutesLater(20),
  })
  await receive([answer], { at: minutesLater(21) })

  const [conversation] = await talk.conversations()
  expect(conversation).toMatchObject({ status: 'waiting', waitingSince: null, dueAt: null, firstAnswerSeconds: 1200 })
  expect((await threadOf(okno, conversation.id))[1]).toMatchObject({ direction: 'out', delivery: { state: 'sent' } })
})

test('messages that arrive in the wrong order are read in the right one', async () => {
  const talk = aTalk()

  await receive([talk.says('второе', { sentAt: minutesLater(-1) })])
  await receive([talk.says('первое', { sentAt: minutesLater(-2) })])

  const [conversation] = await talk.conversations()
  const thread = await threadOf(okno, conversation.id)
  expect(thread.map(({ text, seq }: { text: string; seq: number }) => [text, seq])).toEqual([
    ['первое', 2],
    ['второе', 1],
  ])
  expect(conversation.lastText).toBe('второе')
})

test('a callback is due at the time that the customer chose', async () => {
  const talk = aTalk()
  const context = { callback_from: '2026-11-20T12:00:00Z', callback_to: '2026-11-20T13:00:00Z' }

  await receive([talk.says('Позвоните', { context })])

  expect(await talk.conversations()).toMatchObject([{ dueAt: '2026-11-20T13:00:00.000Z' }])
})

test('inline images are loaded from the stored file', async () => {
  const talk = aTalk()
  const file = await okno.platform.transaction(okno.workspaceId, (tx) =>
    okno.platform.files.save(tx, { name: 'photo.png', mime: 'image/png', content: new Uint8Array([1, 2, 3]) }),
  )
  const files = [{ fileId: file.id, name: 'photo.png', inline: true, contentId: 'part1@mail' }]

  await receive([talk.says('Фото', { html: '<p><img src="cid:part1@mail"></p>', files })])

  const [conversation] = await talk.conversations()
  const [message] = await threadOf(okno, conversation.id)
  expect(message.html).toBe(`<p><img src="/api/v1/files/${file.id}"></p>`)
  expect(message.files).toMatchObject([{ id: file.id, name: 'photo.png', isInline: true, sizeBytes: 3 }])
})

test('words that PostgreSQL cannot keep do not stop a message', async () => {
  const talk = aTalk()

  await receive([talk.says('до\0после \ud800', { subject: '\0', context: { page: '\0\udfff' } })])

  const [conversation] = await talk.conversations()
  expect((await threadOf(okno, conversation.id))[0].text).toBe('допосле \ufffd')
})

test('an edit and a deletion reach the message', async () => {
  const talk = aTalk()
  const message = talk.says('Опечтка')
  await receive([message])
  const [conversation] = await talk.conversations()

  await okno.platform.transaction(okno.workspaceId, (tx) =>
    okno.modules.inbox.receiver.receiveAll(tx, [
      anArrival(shop, [
        { type: 'edited', id: message.id, text: 'Опечатка' },
        { type: 'deleted', id: message.id },
        { type: 'deleted', id: 'nobody knows' },
      ]),
    ]),
  )

  expect(await threadOf(okno, conversation.id)).toMatchObject([{ text: 'Опечатка', isDeleted: true }])
})

test('words that the customer corrects are corrected where the list shows them, if they were the last', async () => {
  const talk = aTalk()
  const [first, last] = [talk.says('Опечтка'), talk.says('Где закз?')]
  await receive([first])
  await receive([last])
  const edit = (id: string, text: string) =>
    okno.platform.transaction(okno.workspaceId, (tx) =>
      okno.modules.inbox.receiver.receiveAll(tx, [anArrival(shop, [{ type: 'edited', id, text }])]),
    )

  await edit(first.id, 'Опечатка')
  const [untouched] = await talk.conversations()
  await edit(last.id, 'Где заказ?')
  const [corrected] = await talk.conversations()

  expect([untouched.lastText, corrected.lastText]).toEqual(['Где закз?', 'Где заказ?'])
})

test('a conversation is found by words of its messages, its number and the name of the person', async () => {
  const talk = aTalk()
  await receive([talk.says('Сломались электрические щипцы', { subject: 'Гарантия' })])
  const [conversation] = await talk.conversations()
  const find = async (q: string) =>
    (await okno.call('GET', `/conversations?q=${encodeURIComponent(q)}`)).body.items.map(
      (one: { id: string }) => one.id,
    )

  expect(await find('щипцами')).toEqual([conversation.id])
  expect(await find(`№ ${conversation.number}`)).toContain(conversation.id)
  expect(await find('гаранти')).toContain(conversation.id)
  expect(await find('нет такого')).toEqual([])
})
