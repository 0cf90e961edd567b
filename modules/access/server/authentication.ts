import { hash } from 'node:crypto'
import type { Platform } from '#platform/server/platform'
import { findActorOfKey, findActorOfUser } from './accounts.queries.ts'
import { type OperatorActor, toActor } from './actor.ts'
import { touchKey } from './keys.queries.ts'
import type { LookUpSession } from './look-up-session.ts'
import { createRemembered } from './remembered.ts'
import type { SignIn } from './sign-in.ts'

/** A change in another process is seen this late at the latest; normally at once, by a word on the bus. */
const SESSION_TTL_MS = 5_000
const KEY_TTL_MS = 10_000
const REMEMBERED = 20_000
const USED_EXACT_TO_MS = 60_000
const FORGET = 'access.forget'

/** The form in which keys are stored; the same as the library's. */
export const hashOfKey = (key: string): string => hash('sha256', key, 'base64url')

/** Finds out who calls, from the session cookie or the bearer key, and teaches it to HTTP and live connections. */
export function createAuthentication(
  { database, http, live, bus, now }: Platform,
  signIn: SignIn,
  lookUpSession: LookUpSession,
) {
  const sessions = createRemembered<OperatorActor | null>({ ttlMs: SESSION_TTL_MS, limit: REMEMBERED })
  const keys = createRemembered<OperatorActor | null>({ ttlMs: KEY_TTL_MS, limit: REMEMBERED })

  async function byHeaders(headers: { authorization?: unknown; cookie?: unknown }): Promise<OperatorActor | null> {
    const { authorization, cookie } = headers
    if (typeof authorization === 'string') {
      const key = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
      return key ? byKey(hashOfKey(key)) : null
    }
    return typeof cookie === 'string' ? bySession(cookie) : null
  }

  const byKey = (keyHash: string) =>
    keys.get(keyHash, () =>
      database.system(async (tx) => {
        const found = await findActorOfKey(tx, { hash: keyHash, now: now() })
        if (!found) return null
        const isNoted = found.lastUsedAt && now().getTime() - found.lastUsedAt.getTime() < USED_EXACT_TO_MS
        if (!isNoted) await touchKey(tx, found.keyId, now())
        return toActor(found)
      }),
    )

  async function bySession(header: string) {
    const { name } = (await signIn.$context).authCookies.sessionToken
    const cookie = header.split(/; */).find((part) => part.startsWith(`${name}=`))
    if (!cookie) return null
    return sessions.get(cookie, async () => {
      const { found: session } = await lookUpSession(cookie)
      if (!session) return null
      const found = await database.system((tx) => findActorOfUser(tx, session.user.id))
      return found ? toActor(found) : null
    })
  }

  http.setAuthenticate((request) => byHeaders(request.headers))
  live.setAuthenticate(async (headers) => {
    const actor = await byHeaders(headers)
    // A window hears everything that its operator may know.
    return actor?.onlyTools ? null : actor
  })

  const forgetHere = (operatorId: string) => {
    sessions.clear()
    keys.clear()
    live.lookAgain(operatorId)
  }
  bus.onMessage(FORGET, (message) => forgetHere((message as { operatorId: string }).operatorId))

  return {
    /** Makes every process look anew who this operator is. */
    forget: (operatorId: string) => {
      forgetHere(operatorId)
      bus.publish(FORGET, { operatorId })
    },
  }
}
