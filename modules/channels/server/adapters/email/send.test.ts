import PostalMime from 'postal-mime'
import { afterEach, describe, expect, test } from 'vitest'
import type { ChannelError } from '../../channel-adapter.ts'
import { anOutgoingMessage, memoryIo } from '../adapter-contract.ts'
import { emailConfig } from './config.ts'
import { email } from './index.ts'
import { isOurs } from './message-id.ts'
import { anOutgoingServer, type Behaviour, type OutgoingServer } from './outgoing-server.fixture.ts'
import { tokenOf } from './reply-address.ts'
import { createSender, type MailSender } from './send.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function aSender(
  behaviour: Behaviour,
  more: object = {},
): Promise<{ sender: MailSender; server: OutgoingServer }> {
  const server = await anOutgoingServer(behaviour)
  const smtp = { host: '127.0.0.1', port: server.port, security: 'none', user: 'support', password: 's3cret-smtp' }
  const config = emailConfig.parse({ address: 'support@example.com', name: 'Пример', smtp, ...more })
  const sender = createSender(config, memoryIo(), {
    connectionTimeout: 2000,
    greetingTimeout: 2000,
    socketTimeout: 700,
  })
  closing.push(
    () => sender.close(),
    () => server.close(),
  )
  return { sender, server }
}

const failureOf = (sender: MailSender): Promise<ChannelError> =>
  sender.send(anOutgoingMessage()).then(
    () => Promise.reject(new Error('The message was sent.')),
    (error: ChannelError) => error,
  )

describe('a message that is sent', () => {
  test('carries threading, names, both texts, files and a signed reply address', async () => {
    const { sender, server } = await aSender('takes', { signature: 'Отдел заботы' })
    const token = '0199c0de-1111-7000-8000-000000000009'

    const sent = await sender.send(
      anOutgoingMessage({
        toName: 'Мария Королёва',
        fromName: 'Анна из «Примера»',
        subject: 'Re: Доставка',
        html: '<p>Добрый день!</p><img src="cid:plan">',
        files: [
          { name: 'план.png', mime: 'image/png', content: new Uint8Array([1, 2, 3]), contentId: 'plan' },
          { name: 'Счёт №5.pdf', mime: 'application/pdf', content: new Uint8Array([4, 5]) },
        ],
        inReplyTo: 'second@client.example',
        references: ['first@client.example', 'sha256:abc'],
        replyToken: token,
      }),
    )

    const mail = await PostalMime.parse(server.mails[0]?.source ?? '')
    const key = memoryIo().account.signingKey
    expect(mail.from).toMatchObject({ name: 'Анна из «Примера»', address: 'support@example.com' })
    expect(mail.to).toMatchObject([{ name: 'Мария Королёва', address: 'customer@example.net' }])
    expect(mail).toMatchObject({ subject: 'Re: Доставка', inReplyTo: '<second@client.example>' })
    expect(mail.references).toBe('<first@client.example> <second@client.example>')
    expect(mail.messageId).toBe(`<${sent.id}>`)
    expect(isOurs(sent.id, key)).toBe(true)
    expect(tokenOf(mail.replyTo?.[0]?.address ?? '', key)).toBe(token)
    expect(sent.thread).toBe(`reply:${token}`)
    expect(mail.text).toContain('-- \nОтдел заботы')
    expect(mail.html).toContain('<p>Добрый день!</p>')
    expect(mail.attachments.map((file) => [file.filename, file.mimeType, file.contentId])).toEqual([
      ['план.png', 'image/png', '<plan>'],
      ['Счёт №5.pdf', 'application/pdf', undefined],
    ])
  })

  test('has the same Message-ID when it is sent again', async () => {
    const { sender, server } = await aSender('takes')

    await sender.send(anOutgoingMessage())
    await sender.send(anOutgoingMessage())

    const ids = server.mails.map(({ source }) => /^Message-ID: (.*)$/im.exec(source)?.[1])
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  test('is signed when a DKIM key is given', async () => {
    const { privateKey } = await import('node:crypto').then((crypto) =>
      crypto.generateKeyPairSync('rsa', {
        modulusLength: 1024,
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        publicKeyEncoding: { type: 'spki', format: 'pem' },
      }),
    )
    const { sender, server } = await aSender('takes', { dkim: { domain: 'example.com', selector: 'okno', privateKey } })

    await sender.send(anOutgoingMessage())

    expect(server.mails[0]?.source).toMatch(/^DKIM-Signature: v=1; a=rsa-sha256; c=relaxed\/relaxed; d=example\.com;/m)
  })

  test('cannot be given headers through names, subject, ids or file names', async () => {
    const { sender, server } = await aSender('takes')
    const evil = 'x\r\nBcc: victim@example.org\r\nX-Evil: 1'

    await sender.send(
      anOutgoingMessage({
        toName: evil,
        fromName: evil,
        subject: evil,
        inReplyTo: evil,
        references: [evil, '<a>'],
        files: [{ name: evil, mime: evil, content: new Uint8Array([1]), contentId: evil }],
      }),
    )

    const head = server.mails[0]?.source ?? ''
    expect(head).not.toMatch(/^(Bcc|X-Evil)[ \t]*:/im)
    expect(server.mails[0]?.envelope.to).toEqual(['customer@example.net'])
  })

  test.each(['a@b.example, c@d.example', 'a@b.example\r\nRCPT TO:<c@d.example>', '<a@b.example>', 'nobody'])(
    'is refused when the recipient is %j',
    async (to) => {
      const { sender, server } = await aSender('takes')

      await expect(sender.send(anOutgoingMessage({ to }))).rejects.toMatchObject({
        reason: 'rejected',
        outcome: 'not_sent',
      })
      expect(server.mails).toEqual([])
    },
  )
})

describe('a failure says whether the message may have arrived, and why', () => {
  const cases: [string, Behaviour, Partial<ChannelError>][] = [
    ['dropped before the text', 'drops_before_data', { reason: 'unreachable', outcome: 'not_sent' }],
    ['dropped after the text', 'drops_after_data', { reason: 'unreachable', outcome: 'unknown' }],
    ['silent after the text', 'hangs_after_data', { reason: 'unreachable', outcome: 'unknown' }],
    [
      'greylisted',
      { at: 'to', code: 450, text: '4.2.0 Greylisted, try again in 7 minutes' },
      { reason: 'rate_limited', outcome: 'not_sent', details: { retryAfterSeconds: 420 } },
    ],
    [
      'busy',
      { at: 'connect', code: 421, text: '4.3.2 Service is shutting down' },
      { reason: 'unreachable', outcome: 'not_sent' },
    ],
    ['unknown user', { at: 'to', code: 550, text: '5.1.1 No such user' }, { reason: 'rejected', outcome: 'not_sent' }],
    [
      'spam',
      { at: 'data', code: 554, text: '5.7.1 Message rejected under suspicion of SPAM' },
      { reason: 'rejected', outcome: 'not_sent' },
    ],
    [
      'full disk there',
      { at: 'data', code: 452, text: '4.3.1 Insufficient system storage' },
      { reason: 'unreachable', outcome: 'not_sent' },
    ],
    [
      'daily limit',
      { at: 'data', code: 550, text: '5.4.5 Daily user sending limit exceeded' },
      { reason: 'rate_limited', outcome: 'not_sent', details: { retryAfterSeconds: 3600 } },
    ],
    [
      'password changed',
      { at: 'auth', code: 535, text: '5.7.8 Wrong password' },
      { reason: 'unauthorised', outcome: 'not_sent' },
    ],
    [
      'sign-in switched off',
      { at: 'from', code: 530, text: '5.7.0 Authentication required' },
      { reason: 'unauthorised', outcome: 'not_sent' },
    ],
  ]
  test.each(cases)('%s', async (_name, behaviour, expected) => {
    const { sender } = await aSender(behaviour)

    expect(await failureOf(sender)).toMatchObject(expected)
  })

  test('nobody listens there', async () => {
    const { sender, server } = await aSender('takes')
    await server.close()

    expect(await failureOf(sender)).toMatchObject({ reason: 'unreachable', outcome: 'not_sent' })
  })

  test('a large message that is cut in the middle cannot have arrived', async () => {
    const { sender } = await aSender('drops_in_data')
    const files = [
      { name: 'large.bin', mime: 'application/octet-stream', content: new Uint8Array(12_000_000).fill(65) },
    ]

    const failure = await sender.send(anOutgoingMessage({ files })).catch((error: ChannelError) => error)

    expect(failure).toMatchObject({ reason: 'unreachable', outcome: 'not_sent' })
  })

  test('no outgoing server is set', async () => {
    const account = email.open({ address: 'support@example.com' }, memoryIo())

    await expect(account.send(anOutgoingMessage())).rejects.toMatchObject({
      reason: 'not_configured',
      outcome: 'not_sent',
    })
  })

  test('the server is well again and the next message goes through', async () => {
    const { sender, server } = await aSender('drops_before_data')
    await failureOf(sender)
    server.behaviour = 'takes'

    await sender.send(anOutgoingMessage())

    expect(server.mails).toHaveLength(1)
  })
})

describe('verifying an account', () => {
  test('proves the sign-in', async () => {
    const { server } = await aSender('takes')
    const smtp = { host: '127.0.0.1', port: server.port, security: 'none', user: 'support', password: 's3cret-smtp' }
    const account = email.open({ address: 'support@example.com', smtp }, memoryIo())
    closing.push(() => account.close?.())

    expect(await account.verify()).toEqual({ ok: true, isProven: true, address: 'support@example.com' })
  })

  test('tells why it is refused, without the password', async () => {
    const { server } = await aSender('takes')
    const smtp = { host: '127.0.0.1', port: server.port, security: 'none', user: 'support', password: 'wr0ng-pass' }
    const account = email.open({ address: 'support@example.com', smtp }, memoryIo())
    closing.push(() => account.close?.())

    const verdict = await account.verify()

    expect(verdict).toMatchObject({ ok: false, reason: expect.stringContaining('Wrong password') })
    expect(JSON.stringify(verdict)).not.toContain('wr0ng-pass')
  })
})
