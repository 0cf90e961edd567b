import { createHmac, timingSafeEqual } from 'node:crypto'
import { isUuid } from '#platform/shared/ids'

/** Crockford's base32 in lower case: mail servers may change the case of a local part, and it has no look-alikes. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** 80 bits of HMAC-SHA256, 16 characters: the shortest length that RFC 2104 section 5 accepts for SHA-256's half is 128 bits
 * offline; here every guess costs a mail, so 80 bits are ample and the local part stays within 64 characters. */
const MAC_BYTES = 10
const MAC_LENGTH = 16

/** Longest local part of an address. Source: RFC 5321 section 4.5.3.1.1. */
const MAX_LOCAL_PART = 64

/** Where answers go: `support+token@example.com`, or `reply+token@replies.example.com`. */
export interface ReplyRoute {
  readonly address: string
  readonly replyDomain?: string | undefined
  readonly key: Uint8Array
}

/** The address that brings an answer back to `token`, or null when it would be longer than mail allows. */
export function replyAddress(route: ReplyRoute, token: string): string | null {
  const [local = '', domain = ''] = splitAddress(route.address)
  const payload = isUuid(token)
    ? `u${base32(Buffer.from(token.replaceAll('-', ''), 'hex'))}`
    : `s${base32(Buffer.from(token, 'utf8'))}`
  const localPart = `${route.replyDomain ? 'reply' : local}+${payload}${mac(route.key, payload)}`
  return localPart.length > MAX_LOCAL_PART ? null : `${localPart}@${route.replyDomain ?? domain}`
}

/** The token inside a reply address that we signed; null for any other address, however similar. */
export function tokenOf(address: string, key: Uint8Array): string | null {
  const [local = ''] = splitAddress(address.toLowerCase())
  const signed = local.slice(local.lastIndexOf('+') + 1)
  if (!local.includes('+') || signed.length <= MAC_LENGTH + 1 || !/^[us][0-9a-hjkmnp-tv-z]+$/.test(signed)) return null
  const payload = signed.slice(0, -MAC_LENGTH)
  const given = Buffer.from(signed.slice(-MAC_LENGTH), 'latin1')
  if (!timingSafeEqual(given, Buffer.from(mac(key, payload), 'latin1'))) return null
  const bytes = fromBase32(payload.slice(1))
  if (payload.startsWith('s')) return bytes.toString('utf8')
  const hex = bytes.toString('hex').padEnd(32, '0')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}

/** The address without its `+tag`, lower case: `Support+x@Example.com` is `support@example.com`. */
export function withoutTag(address: string): string {
  const [local = '', domain = ''] = splitAddress(address.trim().toLowerCase())
  const plus = local.indexOf('+')
  return `${plus > 0 ? local.slice(0, plus) : local}@${domain}`
}

export function splitAddress(address: string): [local: string, domain: string] {
  const at = address.lastIndexOf('@')
  return at < 0 ? [address, ''] : [address.slice(0, at), address.slice(at + 1)]
}

const mac = (key: Uint8Array, payload: string): string =>
  base32(createHmac('sha256', key).update(`reply-address\0${payload}`).digest().subarray(0, MAC_BYTES))

export function base32(bytes: Uint8Array): string {
  let out = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = ((value & 0x1f) << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      out += ALPHABET[(value >> bits) & 31]
    }
  }
  return bits > 0 ? out + ALPHABET[(value << (5 - bits)) & 31] : out
}

function fromBase32(text: string): Buffer {
  const bytes: number[] = []
  let bits = 0
  let value = 0
  for (const char of text) {
    value = ((value & 0xff) << 5) | ALPHABET.indexOf(char)
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((value >> bits) & 255)
    }
  }
  return Buffer.from(bytes)
}
