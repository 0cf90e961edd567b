import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ChannelFact, MessageFact, RawInput } from '../../channel-adapter.ts'
import { anOutgoingMessage, type MemoryIo, memoryIo } from '../adapter-contract.ts'
import { emailConfig } from './config.ts'
import { haveMailServers, type MailServers, PASSWORD, startMailServers, until } from './debian-mail-servers.fixture.ts'
import { email } from './index.ts'
import { listenToMailbox } from './listen.ts'
import { createSmtpIntake } from './smtp-intake.ts'

describe.skipIf(!haveMailServers())('with Dovecot and Exim', () => {
  let servers: MailServers
  const closing: (() => unknown)[] = []
  beforeAll(async () => {
    servers = await startMailServers()
  })
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
    await emptyMailboxes()
  })
  afterAll(() => servers.close())

  const settings = (more: object = {}) => ({
    address: 'support@provider.example',
    smtp: { host: '127.0.0.1', port: servers.smtpPort, security: 'none' },
    imap: { host: '127.0.0.1', port: servers.imapPort, security: 'none', user: 'support', password: PASSWORD, ...more },
  })

  /** Listens as the product does: stored once per key. */
  function listen(
    more: { imap?: object; io?: MemoryIo; pollMs?: number; accept?: (raw: RawInput) => Promise<void> } = {},
  ) {
    const io = more.io ?? memoryIo()
    const stop = new AbortController()
    const taken: RawInput[] = []
    const accept = async (raw: RawInput) => {
      await more.accept?.(raw)
      if (!taken.some(({ key }) => key === raw.key)) taken.push(raw)
    }
    const config = emailConfig.parse(settings(more.imap))
    const ended = listenToMailbox({ config, io, accept, stop: stop.signal, pollMs: more.pollMs ?? 60_000 })
    const end = async () => {
      stop.abort()
      await ended
    }
    closing.push(end)
    return { io, taken, end, isReady: () => until(() => io.states.size >= 2) }
  }

  const deliver = (subject: string, more: object = {}) => {
    const transport = createTransport({ host: '127.0.0.1', port: servers.smtpPort, ignoreTLS: true })
    return transport.sendMail({
      from: 'customer@provider.example',
      to: 'support@provider.example',
      subject,
      text: subject,
      ...more,
    })
  }

  async function mailbox<T>(user: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: servers.imapPort,
      secure: false,
      auth: { user, pass: PASSWORD },
      logger: false,
    })
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.logout()
    }
  }

  async function emptyMailboxes(): Promise<void> {
    for (const user of ['support', 'customer']) {
      await mailbox(user, async (client) => {
        for (const path of ['INBOX', 'Sent']) {
          await client.mailboxOpen(path)
          await client.messageDelete('1:*')
        }
      })
    }
  }

  const subjects = (taken: readonly RawInput[]): string[] =>
    taken.map(({ body }) => /^Subject: (.*?)\r?$/m.exec(Buffer.from(body).toString('latin1'))?.[1] ?? '')

  test('new mail is told by the server at once, and older mail is left alone', async () => {
    await deliver('before')
    await until(async () => (await count('support')) === 1)
    const { taken, io, isReady } = listen()
    await isReady()

    await deliver('after')

    await until(() => taken.length > 0)
    expect(subjects(taken)).toEqual(['after'])
    expect(taken[0]?.headers).toMatchObject({ 'imap-folder': 'inbox' })
    expect(io.healths.map(({ state }) => state)).toEqual(['connecting', 'connected'])
  })

  test('mail of the last days is taken over when asked for', async () => {
    await deliver('before')
    await until(async () => (await count('support')) === 1)

    const { taken } = listen({ imap: { importDays: 7 } })

    await until(() => taken.length > 0)
    expect(subjects(taken)).toEqual(['before'])
  })

  test('answers written in another program come from the sent folder', async () => {
    const { taken, isReady } = listen({ pollMs: 100 })
    await isReady()

    await mailbox('support', (client) =>
      client.append('Sent', 'From: support@provider.example\r\nTo: c@d.example\r\nSubject: by phone\r\n\r\nDone'),
    )

    await until(() => taken.length > 0)
    const [fact] = await email.open(settings(), memoryIo()).normalise(taken[0] as RawInput) // there is one, see above
    expect(fact).toMatchObject({ type: 'message', direction: 'out', text: 'Done' })
  })

  test('after an outage everything that came meanwhile is there, once', async () => {
    const { taken, io, isReady } = listen()
    await isReady()
    await servers.stopImap()
    await until(() => io.healths.at(-1)?.state === 'failing')

    await deliver('during')
    await servers.startImap()

    await until(() => taken.length > 0)
    expect(subjects(taken)).toEqual(['during'])
    expect(io.healths.at(-1)?.state).toBe('connected')
  })

  test('a restart of Okno goes on where it was', async () => {
    const first = listen()
    await first.isReady()
    await deliver('one')
    await until(() => first.taken.length === 1)
    await first.end()

    await deliver('two')
    const second = listen({ io: first.io })

    await until(() => second.taken.length > 0)
    expect(subjects(second.taken)).toEqual(['two'])
  })

  test('mail that could not be stored is offered again, in order', async () => {
    let refusals = 2
    const { taken, isReady } = listen({
      accept: async () => {
        if (refusals-- > 0) throw new Error('the database is away')
      },
    })
    await isReady()

    await deliver('one')
    // The other server delivers side by side: only the order in the mailbox counts.
    await until(async () => (await count('support')) === 1)
    await deliver('two')

    await until(() => taken.length === 2)
    expect(subjects(taken)).toEqual(['one', 'two'])
  })

  test('when the server numbers a mailbox anew, nothing is lost and nothing doubled', async () => {
    const { taken, io, isReady } = listen()
    await isReady()
    await deliver('one')
    await until(() => taken.length === 1)

    await servers.renumber()
    await deliver('two')

    await until(() => taken.length === 2)
    expect(subjects(taken)).toEqual(['one', 'two'])
    expect(io.lines.some((line) => line.includes('mailbox_renumbered'))).toBe(true)
  })

  test('a broken mail does not stop the next one', async () => {
    const { taken, isReady } = listen()
    await isReady()

    await mailbox('support', async (client) => {
      await client.append('INBOX', Buffer.from([0xff, 0xfe, 0x0d, 0x0a, 0x80, 0x3a]))
      await client.append('INBOX', 'Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n--\r\n')
    })
    await deliver('fine')

    await until(() => taken.length === 3)
    const account = email.open(settings(), memoryIo())
    for (const raw of taken) expect(await account.normalise(raw)).toMatchObject([{ type: 'message' }])
  })

  test('signing in is verified', async () => {
    const right = await email.open(settings(), memoryIo()).verify()
    expect(right).toEqual({ ok: true, isProven: true, address: 'support@provider.example' })

    const wrong = await email.open(settings({ password: 'wr0ng' }), memoryIo()).verify()
    expect(wrong).toMatchObject({ ok: false })
    expect(JSON.stringify(wrong)).not.toContain('wr0ng')

    expect(await email.open(settings({ folders: ['Nowhere'] }), memoryIo()).verify()).toMatchObject({
      ok: false,
      reason: expect.stringContaining('Nowhere'),
    })
  })

  test('a customer answers, and the answer carries the token of its conversation', async () => {
    const token = '0199c0de-1111-7000-8000-000000000009'
    const io = memoryIo()
    const account = email.open({ ...settings(), plusAddressing: true }, io)
    closing.push(() => account.close?.())
    const { taken, isReady } = listen()
    await isReady()

    const sent = await account.send(
      anOutgoingMessage({ to: 'customer@provider.example', subject: 'Заказ', replyToken: token }),
    )
    await until(async () => (await count('customer')) === 1)
    const replyTo = await mailbox('customer', async (client) => {
      await client.mailboxOpen('INBOX')
      const mail = (await client.fetchOne('1', { envelope: true })) || undefined
      return mail?.envelope?.replyTo?.[0]?.address ?? ''
    })
    // A mail program that forgot every header but the address.
    await deliver('Re: order', { to: replyTo })

    await until(() => taken.length === 1)
    const fact = await firstMessage(account.normalise(taken[0] as RawInput)) // there is one, see above
    expect(fact.threads[0]).toBe(sent.thread)
  })

  test('a bounce of the provider makes our message failed, with the reason', async () => {
    const account = email.open(settings(), memoryIo())
    closing.push(() => account.close?.())
    const { taken, isReady } = listen()
    await isReady()

    const sent = await account.send(anOutgoingMessage({ to: 'nobody@provider.example' }))

    await until(() => taken.length === 1)
    const facts = await account.normalise(taken[0] as RawInput) // there is one, see above
    expect(facts).toEqual([
      {
        type: 'delivery',
        id: sent.id,
        state: 'failed',
        temporary: false,
        reason: expect.stringContaining('No such user here'),
      },
    ])
  })

  test('another mail server delivers to ours, also when storing fails at first', async () => {
    const taken: { account: string; raw: RawInput }[] = []
    let refusals = 1
    const intake = await createSmtpIntake({
      port: servers.oknoPort,
      host: '127.0.0.1',
      accountFor: async (address) => (address === 'help@okno.example' ? 'A' : null),
      accept: async (account, raw) => {
        if (refusals-- > 0) throw new Error('the database is away')
        taken.push({ account, raw })
      },
      log: memoryIo().log,
    })
    closing.push(() => intake.close())

    await deliver('Вопрос', { to: 'help+x@okno.example' })

    await until(() => taken.length === 1)
    const account = email.open({ address: 'help@okno.example' }, memoryIo())
    const fact = await firstMessage(account.normalise(taken[0]?.raw as RawInput)) // there is one, see above
    expect(fact).toMatchObject({ subject: 'Вопрос', text: 'Вопрос', from: { address: 'customer@provider.example' } })
  })

  const count = (user: string): Promise<number> =>
    mailbox(user, async (client) => {
      const status = (await client.status('INBOX', { messages: true })) || undefined
      return status?.messages ?? 0
    })
})

async function firstMessage(facts: ChannelFact[] | Promise<ChannelFact[]>): Promise<MessageFact> {
  const found = (await facts).find((fact) => fact.type === 'message')
  if (!found) throw new Error('There is no message fact.')
  return found
}
