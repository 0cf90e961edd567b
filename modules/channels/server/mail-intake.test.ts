import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, openChannels, type TestChannels } from '../../../tests/support/channels.ts'
import { replyAddress } from './adapters/email/reply-address.ts'

let okno: TestChannels

beforeAll(async () => {
  okno = await openChannels({ env: { OKNO_SMTP_PORT: '0' } })
})
afterAll(() => okno.close())

const mail = async (to: string, subject: string, more: object = {}) => {
  const transport = createTransport({
    host: '127.0.0.1',
    port: okno.channels.smtpPort(),
    secure: false,
    ignoreTLS: true,
  })
  try {
    return await transport.sendMail({ from: 'Мария <maria@shop.test>', to, subject, text: 'Где мой заказ?', ...more })
  } finally {
    transport.close()
  }
}
const withSubject = (subject: string) => eventually(() => okno.messages().find((one) => one.subject === subject))

test('a mail to a hosted address becomes a message with safe HTML and its files', async () => {
  await okno.account({ kind: 'email', address: 'Support@okno.test' })
  await mail('support@OKNO.test', 'Заказ', {
    html: '<p onclick="x()">Где <b>мой</b> заказ?</p><script>x()</script><img src="cid:logo"><img src="https://track.test/1.gif">',
    attachments: [
      { filename: 'чек.pdf', content: Buffer.from('%PDF-1.4') },
      { filename: 'logo.png', content: Buffer.from('png'), cid: 'logo' },
    ],
  })

  const message = await withSubject('Заказ')
  expect(message).toMatchObject({
    direction: 'in',
    from: { address: 'maria@shop.test', name: 'Мария' },
    text: 'Где мой заказ?',
    files: [
      { name: 'logo.png', inline: true, contentId: 'logo' },
      { name: 'чек.pdf', inline: false },
    ],
  })
  const [logo, receipt] = message.files
  expect(message.html).toContain(`src="/api/v1/files/${logo?.fileId}"`)
  expect(message.html).not.toMatch(/script|onclick| src="https/)

  const loaded = await okno.call('GET', `/api/v1/files/${receipt?.fileId}`)
  expect(loaded.headers.get('content-disposition')).toMatch(/^attachment; .*filename\*=UTF-8''%D1%87%D0%B5%D0%BA\.pdf$/)
  expect(loaded.headers.get('x-content-type-options')).toBe('nosniff')
  expect(loaded.headers.get('content-security-policy')).toContain('sandbox')
})

test('the same mail sent again is one arrival', async () => {
  const raw =
    'From: a@shop.test\r\nTo: support@okno.test\r\nMessage-ID: <same@shop.test>\r\nSubject: Same\r\n\r\nText\r\n'
  await mail('support@okno.test', '', { raw, envelope: { from: 'a@shop.test', to: 'support@okno.test' } })
  await mail('support@okno.test', '', { raw, envelope: { from: 'a@shop.test', to: 'support@okno.test' } })

  await withSubject('Same')
  expect(okno.messages().filter(({ subject }) => subject === 'Same')).toHaveLength(1)
})

test('mail for nobody is refused, also for a domain that is ours', async () => {
  await expect(mail('nobody@okno.test', 'x')).rejects.toMatchObject({ responseCode: 550 })
  await expect(mail('someone@elsewhere.test', 'x')).rejects.toMatchObject({ responseCode: 550 })
})

test('an answer to a signed address finds its account and conversation; a forged one is refused', async () => {
  const account = await okno.account({
    kind: 'email',
    config: { address: 'sales@okno.test', replyDomain: 'replies.okno.test' },
  })
  const conversationId = '01890000-0000-7000-8000-00000000abcd'
  const key = okno.platform.secrets.keyFor(`account ${account.id}`)
  const to = replyAddress({ address: 'sales@okno.test', replyDomain: 'replies.okno.test', key }, conversationId) ?? ''
  await mail(to, 'Ответ')

  expect((await withSubject('Ответ')).threads[0]).toBe(`reply:${conversationId}`)
  await expect(
    mail(
      to.replace(/.@/, (end) => (end === '0@' ? '1@' : '0@')),
      'x',
    ),
  ).rejects.toMatchObject({
    responseCode: 550,
  })
})

test('a port that is taken is named, with what to do', async () => {
  const port = String(okno.channels.smtpPort())
  await expect(openChannels({ beside: okno, env: { OKNO_SMTP_PORT: port } })).rejects.toThrow(
    new RegExp(`Port ${port} for incoming mail is taken.*OKNO_SMTP_PORT`),
  )
})
