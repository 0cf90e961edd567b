import type { Secrets } from '#platform/server/secrets'
import { newId } from '#platform/shared/ids'
import type { ChatAccount } from './chat-account.ts'
import { readSignedIdentity, type SignedIdentity } from './signed-identity.ts'
import { RENEW_AFTER_MS, readVisitorToken, signVisitorToken, type Visitor } from './visitor-token.ts'

export interface Session {
  readonly visitor: Visitor
  /** To be kept by the browser from now on. */
  readonly token: string
  /** Vouched for by the host page now. */
  readonly identity: SignedIdentity | null
  readonly isNewVisitor: boolean
}

/**
 * Decides who a connecting browser is. Null when its token is not ours. A browser on which somebody else signed in, or signed out,
 * is a new visitor: the next person must not read the talk of the one before.
 */
export function openSession(
  secrets: Secrets,
  account: ChatAccount,
  given: { token?: string | undefined; identity?: string | undefined; signature?: string | undefined },
  now: Date,
): Session | null {
  const { accountId } = account
  const known = given.token === undefined ? undefined : readVisitorToken(secrets, given.token, { accountId, now })
  if (known === null) return null

  const signed = readIdentity(account, given, now)
  const externalId = signed?.identity.id
  const isSame = known && (known.externalId === undefined || known.externalId === externalId)
  // An expired signature still says who this is, but binds nobody new.
  const boundId = isSame
    ? signed?.isExpired
      ? known.externalId
      : externalId
    : signed?.isExpired
      ? undefined
      : externalId
  const visitor: Visitor = {
    accountId,
    visitorId: isSame ? known.visitorId : newId(),
    externalId: boundId,
    issuedAt: now,
  }
  const isTokenGood = isSame && known.externalId === boundId && +now - +known.issuedAt < RENEW_AFTER_MS
  return {
    visitor,
    token: isTokenGood && given.token ? given.token : signVisitorToken(secrets, visitor),
    identity: signed && !signed.isExpired ? signed.identity : null,
    isNewVisitor: !isSame,
  }
}

function readIdentity(
  { config }: ChatAccount,
  { identity, signature }: { identity?: string | undefined; signature?: string | undefined },
  now: Date,
) {
  if (!config.identitySecret || identity === undefined || signature === undefined) return null
  return readSignedIdentity({ identity, signature, secret: config.identitySecret }, now)
}
