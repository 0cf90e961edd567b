import { generateKeyPairSync } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { expect, test } from 'vitest'
import { verifyAuthentication } from './authentication.ts'

const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'der' },
})

const RECORDS: Record<string, string> = {
  '_dmarc.bank.com': 'v=DMARC1; p=reject',
  '_dmarc.lenient.com': 'v=DMARC1; p=none',
  'okno._domainkey.bank.com': `v=DKIM1; k=rsa; p=${keys.publicKey.toString('base64')}`,
  'bank.com': 'v=spf1 ip4:192.0.2.7 -all',
}

const resolver = async (name: string, type: string) => {
  const record = type === 'TXT' ? RECORDS[name] : undefined
  if (!record) throw Object.assign(new Error(`no ${type} for ${name}`), { code: 'ENOTFOUND' })
  return [[record]]
}

async function aMail(from: string, isSigned: boolean): Promise<Buffer> {
  const dkim = { domainName: 'bank.com', keySelector: 'okno', privateKey: keys.privateKey }
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const { message } = await transport.sendMail({
    from,
    to: 'a@b.example',
    text: 'Pay now',
    ...(isSigned ? { dkim } : {}),
  })
  return message as Buffer // the transport was told to make one
}

const verify = (body: Uint8Array, more: { ip?: string; envelopeFrom?: string } = {}) =>
  verifyAuthentication({ body, envelopeFrom: 'x@evil.com', ip: '192.0.2.66', helo: 'evil.com', ...more }, resolver)

test('a signed mail passes, wherever it comes from', async () => {
  expect(await verify(await aMail('security@bank.com', true))).toBe('pass')
})

test('a mail from a server of the domain passes', async () => {
  expect(await verify(await aMail('security@bank.com', false), { ip: '192.0.2.7', envelopeFrom: 'x@bank.com' })).toBe(
    'pass',
  )
})

test('a forged mail fails where the domain forbids it, and says nothing elsewhere', async () => {
  expect(await verify(await aMail('security@bank.com', false))).toBe('fail')
  expect(await verify(await aMail('a@lenient.com', false))).toBe('none')
  expect(await verify(await aMail('a@silent.com', false))).toBe('none')
})

test('a signed mail that was changed fails', async () => {
  const mail = (await aMail('security@bank.com', true)).toString('latin1').replace('Pay now', 'Pay him')

  expect(await verify(Buffer.from(mail, 'latin1'))).toBe('fail')
})

test('a mail of two senders fails', async () => {
  const mail = (await aMail('a@silent.com', false)).toString('latin1')

  expect(await verify(Buffer.from(`From: security@bank.com\r\n${mail}`, 'latin1'))).toBe('fail')
})
