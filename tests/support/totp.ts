import { createHmac } from 'node:crypto'

/** What an authenticator app shows (RFC 6238: SHA-1, 30 s, 6 digits), or will show some steps later. */
export function codeOf(totpUri: string, { steps = 0 } = {}): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const secret = new URL(totpUri).searchParams.get('secret') ?? ''
  const bits = [...secret.replace(/=+$/, '')].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const mac = createHmac('sha1', key).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0xf
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
