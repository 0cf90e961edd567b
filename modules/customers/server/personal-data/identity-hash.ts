import type { Secrets } from '#platform/server/secrets'
import { identityKey } from '../identity.ts'

const PURPOSE = 'erased identities'

/**
 * What a proof keeps of an erased identity: HMAC-SHA256 with a key derived from OKNO_SECRET_KEY. Without that key nobody can try all phone numbers
 * against a stolen database. The scope is not part of it, so that a question needs the value alone.
 */
export const identityHash = (secrets: Secrets, { kind, value }: { kind: string; value: string }): Buffer =>
  secrets.sign(PURPOSE, `${kind}\n${value}`)

const KINDS = ['email', 'phone', 'external', 'visitor', 'channel'] as const

/** Every hash under which this value may have been erased, in the form in which Okno keeps addresses. */
export const hashesOf = (secrets: Secrets, value: string): Buffer[] =>
  KINDS.flatMap((kind) => {
    const key = identityKey(kind, value, '')
    return key ? [identityHash(secrets, key)] : []
  })
