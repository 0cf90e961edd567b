import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '#platform/server/free-port'
import { type MailWorld, sendMail, startMailWorld } from '../support/mail.ts'
import { eventually, type TestOkno, testPlatform } from '../support/platform.ts'

let world: MailWorld
let okno: TestOkno
let smtpPort: number

beforeAll(async () => {
  world = await startMailWorld()
  smtpPort = await freePort()
  okno = await testPlatform({ env: { OKNO_SMTP_PORT: String(smtpPort) } })
})
afterAll(async () => {
  await okno.close()
  await world.close()
})

const listConversations = async () => (await okno.call('GET', '/conversations')).body.items
const messagesOf = async (id: string) => (await okno.call('GET', `/conversations/${id}/messages`)).body.items

test('a mail becomes a conversation, is answered by the same mailbox, and the talk goes on in one thread', async () => {
  const account = await okno.call('POST', '/accounts', {
    kind: 'email',
    name: 'Поддержка',
    address: 'support@severny-dom.test',
    smtp: { host: '127.0.0.1', port: world.port, secure: false },
  })
  expect(account.status).toBe(201)

  const firstId = await sendMail(smtpPort, {
    from: '"Ирина Ковалёва" <irina@example.com>',
    to: 'support@severny-dom.test',
    subject: 'Не открывается ящик комода',
    text: 'Добрый день! Купили комод «Луна», нижний ящик не открывается.\n\nИрина',
  })
  const conversation = await eventually(async () => (await listConversations())[0])
  expect(conversation).toMatchObject({
    person: { name: 'Ирина Ковалёва' },
    subject: 'Не открывается ящик комода',
    lastDirection: 'in',
  })
  expect(conversation.dueAt).not.toBeNull()

  const reply = await okno.call('POST', `/conversations/${conversation.id}/replies`, {
    text: 'Здравствуйте, Ирина! Мастер приедет завтра.',
  })
  expect(reply.status).toBe(201)

  const answer = await eventually(() => world.received[0])
  expect(answer.to).toEqual(['irina@example.com'])
  expect(answer.mail.from?.address).toBe('support@severny-dom.test')
  expect(answer.mail.inReplyTo).toBe(firstId)
  expect(answer.mail.subject).toBe('Re: Не открывается ящик комода')
  expect(answer.mail.text).toContain('Мастер приедет завтра.')
  await eventually(async () =>
    (await messagesOf(conversation.id)).some(
      (m: { delivery: { state: string } | null }) => m.delivery?.state === 'sent',
    ),
  )

  await sendMail(smtpPort, {
    from: 'irina@example.com',
    to: answer.mail.replyTo?.[0]?.address ?? 'support@severny-dom.test',
    subject: 'Re: Не открывается ящик комода',
    inReplyTo: answer.mail.messageId ?? '',
    references: [firstId, answer.mail.messageId ?? ''],
    text: 'Спасибо, ждём!\n\n> Здравствуйте, Ирина! Мастер приедет завтра.',
  })
  const last = await eventually(async () =>
    (await messagesOf(conversation.id)).find((m: { text: string }) => m.text.startsWith('Спасибо')),
  )
  expect(last.text).toBe('Спасибо, ждём!')
  expect(last.quoted).toContain('Мастер приедет завтра.')
  expect(await listConversations()).toHaveLength(1)
})

test('a bounce turns the answer it concerns into failed, with the reason', async () => {
  await sendMail(smtpPort, {
    from: 'gone@example.com',
    to: 'support@severny-dom.test',
    subject: 'Вопрос',
    text: 'Когда привезут дверь?',
  })
  const conversation = await eventually(async () =>
    (await listConversations()).find((c: { subject: string }) => c.subject === 'Вопрос'),
  )
  await okno.call('POST', `/conversations/${conversation.id}/replies`, { text: 'Завтра с 10 до 14.' })
  const answer = await eventually(() => world.received.find(({ to }) => to[0] === 'gone@example.com'))

  await sendMail(smtpPort, {
    raw: bounceOf(answer.mail.messageId ?? ''),
    envelope: { from: '', to: 'support@severny-dom.test' },
  })

  const failed = await eventually(async () =>
    (await messagesOf(conversation.id)).find(
      (m: { delivery: { state: string } | null }) => m.delivery?.state === 'failed',
    ),
  )
  expect(failed.delivery.reason).toMatch(/5\.1\.1|does not exist/)
})

test('mail for an address that is nobody’s is refused at the door', async () => {
  const sent = sendMail(smtpPort, { from: 'spam@example.com', to: 'somebody@else.test', subject: 'x', text: 'x' })

  await expect(sent).rejects.toThrow(/550/)
})

test('two hundred copies of one mail become one message', async () => {
  const raw = [
    'From: Пётр <petr@example.com>',
    'To: support@severny-dom.test',
    'Subject: copies',
    'Message-ID: <same-mail@example.com>',
    'Date: Sat, 21 Nov 2026 10:00:00 +0300',
    '',
    'One and the same.',
  ].join('\r\n')
  const envelope = { from: 'petr@example.com', to: 'support@severny-dom.test' }

  for (let batch = 0; batch < 10; batch++) {
    await Promise.all(Array.from({ length: 20 }, () => sendMail(smtpPort, { raw, envelope })))
  }

  const conversation = await eventually(async () =>
    (await listConversations()).find((c: { subject: string }) => c.subject === 'copies'),
  )
  const incoming = (await messagesOf(conversation.id)).filter((m: { direction: string }) => m.direction === 'in')
  expect(incoming).toHaveLength(1)
  expect((await listConversations()).filter((c: { subject: string }) => c.subject === 'copies')).toHaveLength(1)
})

const bounceOf = (messageId: string) =>
  [
    'From: MAILER-DAEMON@example.com',
    'To: support@severny-dom.test',
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    '<gone@example.com>: the mailbox does not exist',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; example.com',
    '',
    'Final-Recipient: rfc822; gone@example.com',
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 the mailbox does not exist',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${messageId}`,
    'From: support@severny-dom.test',
    'To: gone@example.com',
    '--b--',
    '',
  ].join('\r\n')
