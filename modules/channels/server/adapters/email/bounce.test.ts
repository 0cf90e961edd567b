import { describe, expect, test } from 'vitest'
import { processorMs } from '../../../../../tests/support/fuzz.ts'
import { type Bounce, readBounce } from './bounce.ts'
import { parseMail } from './parse-mail.ts'

const read = async (mail: string): Promise<Bounce | null> => readBounce(await parseMail(Buffer.from(mail)), undefined)

const notice = (from: string, subject: string, body: string): string =>
  `Return-Path: <>\nFrom: ${from}\nTo: support@example.com\nSubject: ${subject}\nMessage-ID: <notice@mx.example>\nContent-Type: text/plain; charset=utf-8\n\n${body}`

describe('servers that do not know the standard report', () => {
  test.each([
    [
      'qmail',
      'MAILER-DAEMON@mx.example',
      'failure notice',
      'Hi. This is the qmail-send program at mx.example.\nI was not able to deliver your message to the following addresses.\nThis is a permanent error.\n\n<jan@client.example>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 No such user\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <support@example.com>\nMessage-ID: <ours@example.com>\nSubject: x\n\nHi',
    ],
    [
      'Exchange',
      'System Administrator <postmaster@mx.example>',
      'Undeliverable: Offer',
      'Your message\n\n  To:      Jan Novak\n  Subject: Offer\n\ndid not reach the following recipient(s):\n\njan@client.example on Fri, 5 Jun 2026 14:02:03 +0300\n    The recipient name is not recognized\n\nMessage-ID: <ours@example.com>',
    ],
    [
      'Yahoo',
      'MAILER-DAEMON@yahoo.example',
      'Delivery failure',
      "Message from yahoo.example.\nUnable to deliver message to the following address(es).\n\n<jan@client.example>:\nThis user doesn't have a yahoo.example account\n\n--- Original message follows.\n\nMessage-ID: <ours@example.com>\n",
    ],
    [
      'sendmail',
      'Mail Delivery Subsystem <MAILER-DAEMON@mx.example>',
      'Returned mail: User unknown',
      'The original message was received at Fri, 5 Jun 2026\n\n   ----- The following addresses had permanent fatal errors -----\n<jan@client.example>\n\n   ----- Transcript of session follows -----\n550 5.1.1 <jan@client.example>... User unknown\n\n   ----- Original message follows -----\n\nMessage-ID: <ours@example.com>\n',
    ],
    [
      'Courier',
      'postmaster@mx.example',
      'NOTICE: mail delivery status',
      'UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<jan@client.example>:\n    550 User unknown.\n\nReceived: from x\nMessage-ID: <ours@example.com>\n',
    ],
    [
      'Mail.ru',
      'mailer-daemon@corp.mail.example',
      'Mail failure.',
      'Это письмо создано автоматически сервером.\n\nК сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:\n\njan@client.example\nuser not found\n\n------ Текст письма ------\nMessage-ID: <ours@example.com>\n',
    ],
    [
      'Yandex',
      'MAILER-DAEMON <mailer-daemon@yandex.example>',
      'Недоставленное сообщение',
      'Это письмо отправлено почтовым сервером.\n\nК сожалению, мы вынуждены сообщить Вам о том, что Ваше письмо не может быть\nотправлено одному или нескольким адресатам.\n\n<jan@client.example>: host mx.client.example[192.0.2.5] said: 550 5.7.1 No such user!\n\nReceived: from x\nMessage-ID: <ours@example.com>\n',
    ],
    [
      'a German server',
      'Mail Delivery System <mailer-daemon@kunde.example>',
      'Unzustellbar: Angebot',
      'Ihre Nachricht konnte nicht zugestellt werden.\n\njan@client.example:\nSMTP error: 550 Requested action not taken: mailbox unavailable\n\n--- The header of the original message is following. ---\n\nMessage-ID: <ours@example.com>\n',
    ],
  ])('%s', async (_name, from, subject, body) => {
    expect(await read(notice(from, subject, body))).toMatchObject({
      state: 'failed',
      original: 'ours@example.com',
      recipients: ['jan@client.example'],
      temporary: false,
      reason: expect.stringMatching(/user|recipient|mailbox/i),
    })
  })

  test.each([
    [
      'sendmail',
      'Warning: could not send message for past 4 hours',
      '    ----- The following addresses had transient non-fatal errors -----\n<jan@client.example>\n\nWarning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old\n',
    ],
    [
      'exim',
      'Warning: message 1abc delayed 24 hours',
      'This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its recipients after more than 24 hours.\n\nThe address to which the message has not yet been delivered is:\n\n  jan@client.example\n    Delay reason: Connection timed out\n\nNo action is required on your part. Delivery attempts will continue for some time.\n',
    ],
  ])('a warning of %s is temporary', async (_name, subject, body) => {
    expect(await read(notice('MAILER-DAEMON@mx.example', subject, body))).toMatchObject({
      state: 'failed',
      temporary: true,
      recipients: ['jan@client.example'],
    })
  })
})

describe('standard reports', () => {
  const report = (fields: string, type = 'delivery-status'): string =>
    `From: MAILER-DAEMON@mx.example\nTo: support@example.com\nSubject: Report\nContent-Type: multipart/report; report-type=${type}; boundary=b\n\n--b\n\nA report.\n\n--b\nContent-Type: message/${type}\n\n${fields}\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <ours@example.com>\n\n--b--\n`

  test('the address that was written to, not the one behind it', async () => {
    const fields =
      'Reporting-MTA: dns; mx\n\nOriginal-Recipient: rfc822;jan@client.example\nFinal-Recipient: rfc822; hidden@inside.example\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 Mailbox\n   full\n'

    expect(await read(report(fields))).toEqual({
      state: 'failed',
      original: 'ours@example.com',
      recipients: ['jan@client.example'],
      reason: '552 5.2.2 Mailbox full',
      temporary: false,
    })
  })

  test('delayed is temporary', async () => {
    expect(
      await read(
        report(
          'Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; jan@client.example\nAction: delayed\nStatus: 4.4.1\n',
        ),
      ),
    ).toMatchObject({ state: 'failed', temporary: true })
  })

  test('delivered is delivered', async () => {
    expect(
      await read(
        report(
          'Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; jan@client.example\nAction: delivered\nStatus: 2.0.0\n',
        ),
      ),
    ).toMatchObject({ state: 'delivered', original: 'ours@example.com' })
  })

  test('a read receipt is read', async () => {
    const fields =
      'Final-Recipient: rfc822; jan@client.example\nOriginal-Message-ID: <ours@example.com>\nDisposition: manual-action/MDN-sent-manually; displayed\n'

    expect(await read(report(fields, 'disposition-notification'))).toMatchObject({
      state: 'read',
      original: 'ours@example.com',
    })
  })
})

describe('mail of people is no bounce', () => {
  test.each([
    [
      'a question about a bounce',
      'Return-Path: <jan@client.example>\nFrom: jan@client.example\nSubject: Не доставлено\n\nЗдравствуйте! Моё письмо не было доставлено, 550 5.1.1 User unknown. Что делать?',
    ],
    [
      'a forwarded bounce',
      'From: jan@client.example\nSubject: Fwd: Undelivered Mail Returned to Sender\n\nSee below\n\n> This is the mail system at host mx.\n> <a@b.example>: User unknown',
    ],
    [
      'an absence note',
      'Return-Path: <>\nFrom: jan@client.example\nSubject: Out of office\nAuto-Submitted: auto-replied\n\nI am away until Monday.',
    ],
    [
      'a request to prove that one is human',
      'Return-Path: <>\nFrom: noreply@guard.example\nSubject: Please confirm\n\nYour message could not be delivered. Please click the link below to have your address added to the allowed list.',
    ],
  ])('%s', async (_name, mail) => {
    expect(await read(mail)).toBeNull()
  })
})

test.each([
  ['the header of failed recipients', (run: string) => ['X-Failed-Recipients', run, 'Hi'] as const, '=?koi8-r?Q?=&'],
  ['the text', (run: string) => ['X-Failed-Recipients', 'nobody', `could not be delivered to${run}`] as const, ' '],
])('a long run in %s is read in bounded time', async (_place, make, piece) => {
  const [header, value, text] = make(piece.repeat(200_000 / piece.length))
  const mail = `Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\n${header}: ${value}\nSubject: failure notice\n\n${text}`

  expect(await processorMs(() => read(mail))).toBeLessThan(3000)
})
