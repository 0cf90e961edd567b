import { domainToUnicode } from 'node:url'
import { normalisePhone as phoneOf } from '#platform/server/objects/phone'

export type IdentityKind = 'email' | 'phone' | 'visitor' | 'external' | 'channel'

/** What an identity is known by. Two rows with the same three parts mean the same thing. */
export interface IdentityKey {
  readonly kind: IdentityKind
  readonly scope: string
  readonly value: string
}

/** Why an identity is believed or was claimed. `source`: kind of channel, `operator`, `reply`. */
export type Evidence = { readonly source: string; readonly at: string } & Readonly<Record<string, unknown>>

/** Who wrote, as a channel tells it. The same shape as the channels' `Sender`; this module stands below it. */
export interface Sender {
  readonly address: string
  readonly name?: string
  readonly identities: readonly { kind: 'email' | 'phone' | 'visitor' | 'external'; value: string; proven: boolean }[]
  readonly claims?: Readonly<Record<string, string>>
}

/** Longest address by RFC 5321, 4.5.3.1.3. */
const MAX_EMAIL = 254
/** The column's check. */
const MAX_VALUE = 500

/** Lower case, domain in Unicode, so that an address has one form. Null when it is no address. */
export function normaliseEmail(text: string): string | null {
  const match = /^(?:mailto:)?<?([^\s@<>]+)@([^\s@<>]+?)\.?>?$/i.exec(text.trim().toWellFormed())
  if (!match?.[1] || !match[2]) return null
  const domain = domainToUnicode(match[2]) || match[2]
  const email = `${match[1]}@${domain}`.normalize('NFC').toLowerCase()
  return email.length <= MAX_EMAIL ? withoutControls(email) : null
}

/** E.164 (`+79123456789`); a number without a country code is read as a Russian one. Null when it is no phone. */
export const normalisePhone = (text: string): string | null => phoneOf(text.slice(0, 100))

/** The key of an identity of `kind`; null when the value says nothing. What cannot be parsed keeps its letters. */
export function identityKey(kind: IdentityKind, value: string, accountId: string): IdentityKey | null {
  const scope = kind === 'email' || kind === 'phone' ? '' : accountId
  const normal = (kind === 'email' && normaliseEmail(value)) || (kind === 'phone' && normalisePhone(value))
  const plain = normal || withoutControls(value.trim().toWellFormed()).slice(0, MAX_VALUE).toWellFormed()
  return plain === '' ? null : { kind, scope, value: plain }
}

/**
 * Every way by which this sender can be recognised: what the channel vouches for, and what was only claimed.
 * The address itself is an identity given out by the account's provider, unless it is one of the listed identities: then
 * that one's proof counts, so that a typed address is never taken for a proven one.
 */
export function recognise(accountId: string, sender: Sender): { proven: IdentityKey[]; claims: IdentityKey[] } {
  const keys = new Map<string, { key: IdentityKey; proven: boolean }>()
  const add = (key: IdentityKey | null, proven: boolean) => {
    if (!key) return
    const known = keys.get(keyText(key))
    keys.set(keyText(key), { key, proven: proven || (known?.proven ?? false) })
  }
  for (const { kind, value, proven } of sender.identities) {
    const key = identityKey(kind, value, accountId)
    const isWellFormed = key !== null && (kind !== 'email' || normaliseEmail(key.value) !== null)
    add(key, proven && isWellFormed)
  }
  const listed = new Set([...keys.values()].map(({ key }) => key.value))
  const forms = [sender.address.trim(), normaliseEmail(sender.address), normalisePhone(sender.address)]
  if (!forms.some((form) => form !== null && listed.has(form))) {
    add(identityKey('channel', sender.address, accountId), true)
  }
  const all = [...keys.values()]
  return {
    proven: all.filter(({ proven }) => proven).map(({ key }) => key),
    claims: all.filter(({ proven }) => !proven).map(({ key }) => key),
  }
}

/** The surest first. A visitor is a browser, which several people may share, so it comes last. */
const SURENESS: readonly IdentityKind[] = ['channel', 'external', 'email', 'phone', 'visitor']

/** Who it is when proven identities are known: the holder of the surest one. `null` = nobody known. */
export function surest<Match extends IdentityKey>(
  proven: readonly IdentityKey[],
  holders: readonly Match[],
): Match | null {
  const keys = new Set(proven.map(keyText))
  const known = holders.filter((holder) => keys.has(keyText(holder)))
  return known.toSorted((a, b) => rank(a) - rank(b) || (keyText(a) < keyText(b) ? -1 : 1))[0] ?? null
}

const rank = (key: IdentityKey) => SURENESS.indexOf(key.kind)

export const isSame = (a: IdentityKey, b: IdentityKey): boolean => keyText(a) === keyText(b)

/** Keys in the one order in which everybody locks them. */
export const inLockOrder = (keys: readonly IdentityKey[]): string[] => keys.map(keyText).toSorted()

/** A key as text: equal for equal keys. */
export const keyText = ({ kind, scope, value }: IdentityKey) => `${kind}\n${scope}\n${value}`

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** Without characters that cannot be seen or stored and can turn a text around. */
export const withoutControls = (text: string): string => text.replace(CONTROLS, '')
