import { createHmac } from 'node:crypto'
import type { ProviderMessageId } from '../../channel-adapter.ts'
import { base32, splitAddress } from './reply-address.ts'

/**
 * Message-ID (without angle brackets) of our message `id`: the same on every attempt, so that a resend is recognisable, and signed,
 * so that a stranger cannot make us believe a mail or a bounce is about a message of ours.
 */
export function messageIdFor(id: string, account: { address: string; key: Uint8Array }): ProviderMessageId {
  const [, domain] = splitAddress(account.address)
  const name = id.replace(/[^\w-]/g, '')
  return `okno.${name}.${mac(account.key, name)}@${domain.toLowerCase()}`
}

/** True when `messageId` was made by `messageIdFor` with this key, whatever the domain says by now. */
export function isOurs(messageId: string, key: Uint8Array): boolean {
  const found = /^okno\.([\w-]+)\.([0-9a-z]{16})@/.exec(messageId)
  return found !== null && mac(key, found[1] ?? '') === found[2]
}

const mac = (key: Uint8Array, name: string): string =>
  base32(createHmac('sha256', key).update(`message-id\0${name}`).digest().subarray(0, 10))

/** Every Message-ID in a header value, in order, without angle brackets and without repetition. */
export function messageIdsIn(value: string | undefined): ProviderMessageId[] {
  const bracketed = [...(value ?? '').matchAll(/<([^<>]{3,900})>/g)].map((match) =>
    (match[1] ?? '').replace(/\s+/g, ''),
  )
  // Some programs leave the brackets out.
  const bare =
    bracketed.length > 0 ? [] : (value ?? '').split(/[\s,]+/).filter((word) => /^[^\s@<>]+@[^\s@<>]+$/.test(word))
  return [...new Set([...bracketed, ...bare])].filter((id) => id !== '')
}
