import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ChannelFact, type MessageFact, type RawInput, Unreadable } from '../../channel-adapter.ts'
import { messageIdFor } from './message-id.ts'
import { normaliseMail } from './normalise.ts'
import { replyAddress } from './reply-address.ts'

const own = { address: 'support@example.com', key: new Uint8Array(32).fill(3) }
const receivedAt = new Date('2026-12-31T12:00:00Z')

const read = (mail: string | Uint8Array, headers: RawInput['headers'] = {}): Promise<ChannelFact[]> =>
  normaliseMail({ key: 'k', receivedAt, headers, body: typeof mail === 'string' ? Buffer.from(mail) : mail }, own)

async function message(mail: string | Uint8Array, headers: RawInput['headers'] = {}): Promise<MessageFact> {
  const fact = (await read(mail, headers)).find((one) => one.type === 'message')
  if (!fact) throw new Error('There is no message fact.')
  return fact
}

describe('threads', () => {
  const token = '0199c0de-1111-7000-8000-000000000009'
  const address = replyAddress({ address: own.address, key: own.key }, token) ?? ''

  test.each([
    ['To', (to: string) => [`To: ${to}`, {}] as const],
    ['Cc', (to: string) => [`To: x@y.example\nCc: "Support" <${to}>`, {}] as const],
    ['Delivered-To', (to: string) => [`To: support@example.com\nDelivered-To: ${to}`, {}] as const],
    ['the envelope', (to: string) => ['To: support@example.com', { 'envelope-to': `a@b.example,${to}` }] as const],
  ])('a reply token in %s comes first, in whatever case it returns', async (_name, make) => {
    const [lines, headers] = make(address.toUpperCase())

    const fact = await message(
      `From: a@b.example\n${lines}\nMessage-ID: <m@b>\nIn-Reply-To: <p@b>\nReferences: <r1@b>\n <p@b>\n\nHi`,
      headers,
    )

    expect(fact.threads).toEqual([`reply:${token}`, 'p@b', 'r1@b', 'm@b'])
    expect(fact.inReplyTo).toBe('p@b')
  })

  test('a token that somebody else made is no thread', async () => {
    const forged = replyAddress({ address: own.address, key: new Uint8Array(32) }, token) ?? ''

    const fact = await message(`From: a@b.example\nTo: ${forged}\nMessage-ID: <m@b>\n\nHi`)

    expect(fact.threads).toEqual(['m@b'])
  })
})

describe('our own messages', () => {
  const id = messageIdFor('0199c0de-2222-7000-8000-000000000001', own)

  test('are not read a second time from the sent folder', async () => {
    expect(
      await read(`From: support@example.com\nTo: c@d.example\nMessage-ID: <${id}>\n\nHi`, { 'imap-folder': 'sent' }),
    ).toEqual([])
  })

  test('turn failed when a report says so, and no second entry appears', async () => {
    const report = `Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: support@example.com\nSubject: Undelivered\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; c@d.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 No such user\n\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <${id}>\nSubject: x\n\nHi\n--b--\n`

    expect(await read(report)).toEqual([
      { type: 'delivery', id, state: 'failed', reason: 'c@d.example: 550 No such user', temporary: false },
    ])
  })
})

describe('whose mail it is', () => {
  test.each([
    ['Auto-Submitted: auto-replied', 'auto_reply'],
    ['X-Autoreply: yes', 'auto_reply'],
    ['Precedence: auto_reply', 'auto_reply'],
    ['Subject: Automatische Antwort: Angebot', 'auto_reply'],
    ['Subject: Отсутствие на рабочем месте', 'auto_reply'],
    ['Subject: Out of Office Re: Offer', 'auto_reply'],
    ['List-Id: <news.shop.example>', 'mailing_list'],
    ['List-Unsubscribe: <mailto:u@shop.example>', 'mailing_list'],
    ['Auto-Submitted: auto-generated', 'notification'],
    ['Precedence: bulk', 'notification'],
    ['From: no-reply@shop.example', 'notification'],
    ['Auto-Submitted: no', undefined],
    ['List-Id: <support.groups.example.com>', undefined],
    ['Subject: Автоматическая коробка передач', undefined],
    ['Subject: Re: vacation rental', undefined],
    ['From: Norbert <norbert@shop.example>', undefined],
  ])('%s is %s', async (line, automatic) => {
    const from = line.startsWith('From:') ? '' : 'From: a@b.example\n'

    expect((await message(`${from}${line}\n\nHi`)).automatic).toBe(automatic)
  })
})

describe('broken mail', () => {
  test('an empty body is unreadable', async () => {
    await expect(read('')).rejects.toThrow(Unreadable)
    await expect(read(' \r\n\r\n')).rejects.toThrow(Unreadable)
  })

  test('a thousand nested parts are read in bounded time', async () => {
    let mail = 'From: a@b.example\n'
    for (let i = 0; i < 1000; i++) mail += `Content-Type: multipart/mixed; boundary="b${i}"\n\n--b${i}\n`

    expect((await message(`${mail}\nHi`)).from.address).toBe('a@b.example')
  })

  test('a hundred thousand parts are read as text', async () => {
    const mail = `From: a@b.example\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(100_000)}--b--`

    const fact = await message(mail)

    expect(fact).toMatchObject({ subject: 's', files: [] })
  })

  test.each(['\n', 'a\n\n', '> \n', '<', '<a ', '</', '--\n', '(', '=?', '@', 'Date: 2020\n'])(
    'long runs of %j are read in bounded time',
    async (piece) => {
      const run = piece.repeat(200_000 / piece.length)

      for (const type of ['text/plain', 'text/html']) {
        expect(await message(`From: a@b.example\nContent-Type: ${type}\n\nHi\n${run}`)).toMatchObject({
          type: 'message',
        })
      }
      const line = run.replaceAll('\n', ' ')
      expect(await message(`Date: ${line}\nSubject: ${line}\nTo: ${line}\nFrom: a@b.example\n\nHi`)).toMatchObject({
        text: 'Hi',
      })
    },
  )

  test('characters that a database refuses are left out', async () => {
    const fact = await message('From: "A\0b" <a@b.example>\nSubject: =?utf-8?B?AGEA?=\n\nx\0y')

    expect(JSON.stringify(fact)).not.toContain('\\u0000')
  })

  test('a file name is a name, never a path', async () => {
    const fact = await message(
      'From: a@b.example\nContent-Type: application/pdf; name="../../etc/passwd"\nContent-Disposition: attachment\n\nx',
    )

    expect(fact.files[0]?.name).toBe('passwd')
  })
})

describe('whatever bytes arrive', () => {
  const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url))
  const mails = readdirSync(fixtures)
    .filter((file) => file.endsWith('.eml') && file !== 'empty.eml')
    .map((file) => readFileSync(`${fixtures}${file}`))

  const readsToFacts = async (bytes: Uint8Array) => {
    if (!bytes.some((byte) => byte > 0x20)) return
    const facts = await read(bytes, { 'envelope-from': '' })
    for (const fact of facts) if (fact.type === 'message') expect(fact.from.address).toContain('@')
    expect(JSON.stringify(facts).isWellFormed()).toBe(true)
  }

  test('random bytes give facts', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), readsToFacts), { numRuns: 300 })
  })

  test('real mails with bytes changed, cut out and doubled give facts', async () => {
    const change = fc.record({
      mail: fc.constantFrom(...mails),
      edits: fc.array(
        fc.record({
          at: fc.nat(6000),
          cut: fc.nat(80),
          put: fc.oneof(fc.uint8Array({ maxLength: 8 }), fc.constantFrom(...TROUBLE)),
        }),
        { maxLength: 12 },
      ),
    })
    const apply = ({ mail, edits }: { mail: Buffer; edits: { at: number; cut: number; put: Uint8Array }[] }) =>
      edits.reduce(
        (bytes, { at, cut, put }) =>
          Buffer.concat([bytes.subarray(0, at % bytes.length), put, bytes.subarray((at % bytes.length) + cut)]),
        mail,
      )

    await fc.assert(
      fc.asyncProperty(change, (one) => readsToFacts(apply(one))),
      { numRuns: 400 },
    )
  })
})

const TROUBLE = [
  '\r\n\r\n',
  '--',
  'Content-Type: multipart/mixed; boundary=""\r\n',
  '=?utf-8?B?====?=',
  'charset=utf-7',
  '<',
  '\0',
  ':',
  '=\r\n',
  '"',
].map((text) => Buffer.from(text))
