import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { afterEach, expect, test } from 'vitest'
import { eventually } from '../../../../../tests/support/eventually.ts'
import type { RawInput } from '../../channel-adapter.ts'
import { memoryIo } from '../adapter-contract.ts'
import { replyAddress } from './reply-address.ts'
import { createSmtpIntake, type SmtpIntake, type SmtpIntakeOptions } from './smtp-intake.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

interface Taken {
  account: string
  raw: RawInput
}

async function anIntake(more: Partial<SmtpIntakeOptions> = {}): Promise<{ intake: SmtpIntake; taken: Taken[] }> {
  const taken: Taken[] = []
  const owners = new Map([
    ['support@example.com', 'A'],
    ['sales@example.com', 'B'],
  ])
  const intake = await createSmtpIntake({
    port: 0,
    host: '127.0.0.1',
    hostname: 'mx.example.com',
    maxSizeBytes: 100_000,
    accountFor: async (address) => owners.get(address) ?? null,
    accept: async (account, raw) => {
      taken.push({ account, raw })
    },
    log: memoryIo().log,
    ...more,
  })
  closing.push(() => intake.close())
  return { intake, taken }
}

/** Speaks SMTP line by line; `say` resolves with the whole answer. */
async function aClient(port: number): Promise<{ say(line: string): Promise<string>; socket: Socket }> {
  const socket = connect(port, '127.0.0.1')
  socket.setEncoding('latin1')
  let received = ''
  let wake = () => {}
  socket.on('data', (chunk: string) => {
    received += chunk
    wake()
  })
  socket.on('close', () => wake())
  socket.on('error', () => wake())
  const answer = async (): Promise<string> => {
    while (!/^\d{3} .*\r\n/m.test(received) && !socket.destroyed) await new Promise<void>((resolve) => (wake = resolve))
    const whole = received
    received = ''
    return whole
  }
  await answer()
  closing.push(() => socket.destroy())
  return {
    socket,
    say: (line) => {
      socket.write(`${line}\r\n`)
      return answer()
    },
  }
}

async function deliver(port: number, to: string[], text = 'Subject: Hi\r\n\r\nHello'): Promise<string> {
  const client = await aClient(port)
  await client.say('EHLO sender.example')
  await client.say('MAIL FROM:<customer@client.example>')
  for (const one of to) await client.say(`RCPT TO:<${one}>`)
  await client.say('DATA')
  return client.say(`${text}\r\n.`)
}

test('stores a mail with its envelope before it says 250', async () => {
  const gate = Promise.withResolvers<void>()
  let stored = false
  const { intake, taken } = await anIntake({
    accept: async (account, raw) => {
      await gate.promise
      stored = true
      taken.push({ account, raw })
    },
  })

  const answer = deliver(intake.port, ['Support@Example.com'])
  gate.resolve()

  expect(await answer).toMatch(/^250 /)
  expect(stored).toBe(true)
  expect(taken[0]?.account).toBe('A')
  expect(taken[0]?.raw.headers).toEqual({
    'envelope-from': 'customer@client.example',
    'envelope-to': 'Support@Example.com',
    'okno-auth': 'none',
  })
  const text = Buffer.from(taken[0]?.raw.body ?? []).toString()
  expect(text).toMatch(
    /^Received: from sender\.example \(\[127\.0\.0\.1\]\)\r\n\tby mx\.example\.com with ESMTP id \w+;\r\n\t.*\+0000\r\nSubject: Hi\r\n\r\nHello/,
  )
})

test('refuses to relay: only our own addresses are taken', async () => {
  const { intake, taken } = await anIntake()
  const client = await aClient(intake.port)
  await client.say('EHLO x')
  await client.say('MAIL FROM:<support@example.com>')

  expect(await client.say('RCPT TO:<somebody@elsewhere.example>')).toMatch(/^550 /)
  expect(await client.say('RCPT TO:<unknown+support@example.com>')).toMatch(/^550 /)
  expect(await client.say('DATA')).toMatch(/^503 /)
  expect(taken).toEqual([])
})

test('offers no sign-in and no STARTTLS without a certificate', async () => {
  const { intake } = await anIntake()
  const client = await aClient(intake.port)

  const hello = await client.say('EHLO x')

  expect(hello).toMatch(/250[ -]SIZE 100000/)
  expect(hello).not.toMatch(/AUTH|STARTTLS/)
  expect(await client.say('AUTH PLAIN AHVzZXIAcGFzcw==')).toMatch(/^5\d\d /)
})

test('encrypts when a certificate is given', async () => {
  const { intake, taken } = await anIntake({ tls: await aCertificate() })
  const transport = createTransport({
    host: '127.0.0.1',
    port: intake.port,
    requireTLS: true,
    tls: { rejectUnauthorized: false },
  })
  closing.push(() => transport.close())

  await transport.sendMail({ from: 'a@client.example', to: 'support@example.com', text: 'secret' })

  expect(Buffer.from(taken[0]?.raw.body ?? []).toString()).toContain('with ESMTPS id')
})

test('takes mail for a signed reply address of an account', async () => {
  const { intake, taken } = await anIntake()
  const address = replyAddress(
    { address: 'support@example.com', key: new Uint8Array(32) },
    '0199c0de-1111-7000-8000-000000000009',
  )

  expect(await deliver(intake.port, [address ?? ''])).toMatch(/^250 /)
  expect(taken.map(({ account }) => account)).toEqual(['A'])
})

test('stores a mail to two accounts for each of them, and one to two addresses of an account once', async () => {
  const { intake, taken } = await anIntake()

  await deliver(intake.port, ['support@example.com', 'support+x@example.com', 'sales@example.com'])

  expect(taken.map(({ account, raw }) => [account, raw.headers['envelope-to']])).toEqual([
    ['A', 'support@example.com,support+x@example.com'],
    ['B', 'sales@example.com'],
  ])
})

test('refuses mail above the limit, announced or not, and goes on', async () => {
  const { intake, taken } = await anIntake()
  const client = await aClient(intake.port)
  await client.say('EHLO x')

  expect(await client.say('MAIL FROM:<a@b.example> SIZE=100001')).toMatch(/^552 /)
  expect(await deliver(intake.port, ['support@example.com'], 'x'.repeat(70).concat('\r\n').repeat(2000))).toMatch(
    /^552 /,
  )
  expect(await deliver(intake.port, ['support@example.com'])).toMatch(/^250 /)
  expect(taken).toHaveLength(1)
})

test('says 451 when storing fails, so that the sender tries again with the same key', async () => {
  const keys: string[] = []
  const { intake } = await anIntake({
    accept: async (_account, raw) => {
      keys.push(raw.key)
      if (keys.length === 1) throw new Error('the database is away')
    },
  })

  expect(await deliver(intake.port, ['support@example.com'])).toMatch(/^451 /)
  expect(await deliver(intake.port, ['support@example.com'])).toMatch(/^250 /)
  expect(new Set(keys).size).toBe(1)
})

test('says 451 when the account cannot be looked up', async () => {
  const { intake } = await anIntake({ accountFor: () => Promise.reject(new Error('the database is away')) })
  const client = await aClient(intake.port)
  await client.say('EHLO x')
  await client.say('MAIL FROM:<a@b.example>')

  expect(await client.say('RCPT TO:<support@example.com>')).toMatch(/^451 /)
})

test('says 451 when a recipient lost its account in the middle: no mail is acknowledged that nobody got', async () => {
  let isThere = true
  const { intake, taken } = await anIntake({
    accountFor: async (address) => (address === 'support@example.com' || isThere ? 'A' : null),
  })
  const client = await aClient(intake.port)
  await client.say('EHLO sender.example')
  await client.say('MAIL FROM:<customer@client.example>')
  await client.say('RCPT TO:<support@example.com>')
  expect(await client.say('RCPT TO:<sales@example.com>')).toMatch(/^250/)
  isThere = false
  await client.say('DATA')

  expect(await client.say('Subject: Hi\r\n\r\nHello\r\n.')).toMatch(/^451/)
  expect(taken).toEqual([])
})

test('says 452 when too much mail is coming in at once, and takes it when there is room again', async () => {
  const { intake, taken } = await anIntake({ maxHeldBytes: 60_000 })
  const slow = await aClient(intake.port)
  await slow.say('EHLO sender.example')
  await slow.say('MAIL FROM:<customer@client.example>')
  await slow.say('RCPT TO:<support@example.com>')
  await slow.say('DATA')
  const large = `Subject: Large\r\n\r\n${`${'x'.repeat(70)}\r\n`.repeat(600)}`
  slow.socket.write(large)

  await eventually(async () => (await deliver(intake.port, ['sales@example.com'], large)).startsWith('452'))
  expect(await slow.say('.')).toMatch(/^250/)
  expect(await deliver(intake.port, ['sales@example.com'], large)).toMatch(/^250/)
  expect(taken.filter(({ account }) => account === 'A')).toHaveLength(1)
})

test('connections that were refused make no room for others from the same address', async () => {
  const { intake } = await anIntake()
  for (let i = 0; i < 20; i++) expect(await (await aClient(intake.port)).say('NOOP')).toMatch(/^250/)

  for (let i = 0; i < 4; i++) expect(await (await aClient(intake.port)).say('NOOP')).not.toMatch(/^250/)
})

test('takes bounces, which have no sender', async () => {
  const { intake, taken } = await anIntake()
  const client = await aClient(intake.port)
  await client.say('EHLO x')
  await client.say('MAIL FROM:<>')
  await client.say('RCPT TO:<support@example.com>')
  await client.say('DATA')

  expect(await client.say('Subject: Undelivered\r\n\r\nsorry\r\n.')).toMatch(/^250 /)
  expect(taken[0]?.raw.headers['envelope-from']).toBe('')
})

test('passes on the verdict on the sender, and takes the mail when there is none', async () => {
  const verdicts: (() => Promise<'pass' | 'fail' | 'none'>)[] = [
    async () => 'fail',
    () => Promise.reject(new Error('no DNS')),
  ]
  const { intake, taken } = await anIntake({ verifyAuth: () => verdicts.shift()?.() ?? Promise.resolve('none') })

  await deliver(intake.port, ['support@example.com'])
  await deliver(intake.port, ['support@example.com'])

  expect(taken.map(({ raw }) => raw.headers['okno-auth'])).toEqual(['fail', 'none'])
})

test('a connection lost in the middle of a mail stores nothing', async () => {
  const { intake, taken } = await anIntake()
  const client = await aClient(intake.port)
  await client.say('EHLO x')
  await client.say('MAIL FROM:<a@b.example>')
  await client.say('RCPT TO:<support@example.com>')
  await client.say('DATA')
  client.socket.write('Subject: half')
  client.socket.destroy()

  expect(await deliver(intake.port, ['support@example.com'])).toMatch(/^250 /)
  expect(taken).toHaveLength(1)
})

test('closing does not wait for those who say nothing, but for those who are sending', async () => {
  const gate = Promise.withResolvers<void>()
  const storing = Promise.withResolvers<void>()
  const { intake } = await anIntake({
    accept: () => {
      storing.resolve()
      return gate.promise
    },
  })
  const idle = await aClient(intake.port)
  const answer = deliver(intake.port, ['support@example.com'])
  await storing.promise

  const closed = intake.close()
  gate.resolve()

  expect(await answer).toMatch(/^250 /)
  await closed
  expect(await idle.say('NOOP')).not.toMatch(/^250 /)
})

test('tells when its port is taken', async () => {
  const { intake } = await anIntake()

  await expect(anIntake({ port: intake.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

async function aCertificate(): Promise<{ key: string; cert: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'okno-smtp-'))
  closing.push(() => rmSync(folder, { recursive: true }))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const files = ['-keyout', key, '-out', cert]
  execFileSync('openssl', ['req', '-x509', ...curve, ...files, '-subj', '/CN=mx.example.com', '-days', '2'], {
    stdio: 'ignore',
  })
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
}
