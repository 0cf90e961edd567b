import { apiKey } from '@better-auth/api-key'
import { betterAuth } from 'better-auth'
import { APIError, isAPIError } from 'better-auth/api'
import { twoFactor } from 'better-auth/plugins'
import type { Platform } from '#platform/server/platform'
import { findActorOfUser } from './accounts.queries.ts'
import { countAttempt } from './attempts.queries.ts'
import { accountDatabase } from './sign-in.queries.ts'

/** Headers by which our routes tell the library who calls; callers cannot set them, because the request is made anew. */
export const CALLER = { ip: 'x-okno-ip', host: 'x-okno-host' } as const

const DAY_S = 24 * 60 * 60
const GUESS = { window: 15 * 60, max: 10 }
/** An office behind one address begins its day at the same minute. */
const CODES = { window: 60, max: 100 }

/** The library takes the codes of the present half minute and of its neighbours. */
const CODE_LIFE_MS = 90_000

/** The sign-in library on our tables: passwords (scrypt), sessions in signed cookies, TOTP, API keys. Nobody can sign up. */
export function createSignIn({ database, secrets, config, log, now }: Platform) {
  /** RFC 6238 section 5.2: a code that was accepted is not accepted again, so that one who looked over a shoulder comes too late. */
  async function acceptOnce(userId: string, code: string) {
    const { count } = await database.system((tx) =>
      countAttempt(tx, { key: `totp ${userId} ${code}`, windowMs: CODE_LIFE_MS, now: now() }),
    )
    if (count > 1) throw new APIError('UNAUTHORIZED', { code: 'INVALID_CODE', message: 'This code was used before.' })
  }

  return betterAuth({
    appName: 'Okno',
    baseURL: config.publicUrl,
    basePath: '/api/auth',
    secret: Buffer.from(secrets.keyFor('sign-in')).toString('base64url'),
    database: accountDatabase(database),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8, maxPasswordLength: 128 },
    user: { modelName: 'users' },
    account: { modelName: 'credentials', accountLinking: { enabled: false } },
    verification: { modelName: 'verifications' },
    session: { modelName: 'sessions', expiresIn: 14 * DAY_S, updateAge: DAY_S },
    databaseHooks: {
      session: {
        create: {
          // One who left keeps an account for the history, but gets no session.
          before: async ({ userId }, request) => {
            if (!(await database.system((tx) => findActorOfUser(tx, userId)))) return false
            if (request?.path === '/two-factor/verify-totp') await acceptOnce(userId, request.body.code)
          },
        },
      },
    },
    plugins: [
      twoFactor({ issuer: 'Okno', schema: { twoFactor: { modelName: 'two_factors' } } }),
      apiKey(
        {
          defaultPrefix: 'okno_',
          defaultKeyLength: 48,
          startingCharactersConfig: { charactersLength: 10 },
          rateLimit: { enabled: false },
        },
        { schema: { apikey: { modelName: 'api_keys' } } },
      ),
    ],
    rateLimit: {
      enabled: true,
      // Sign-in counts by itself, per address and per e-mail (guard-sign-in.ts). What asks for the password again is counted here.
      customRules: {
        '/sign-in/email': false,
        '/change-password': GUESS,
        '/two-factor/enable': GUESS,
        '/two-factor/disable': GUESS,
        '/two-factor/generate-backup-codes': GUESS,
        // Each account is locked after 10 wrong codes by the library; this only slows one address down.
        '/two-factor/verify-totp': CODES,
        '/two-factor/verify-backup-code': CODES,
      },
      customStorage: {
        consume: async (key, { window, max }) => {
          const { count, endsAt } = await database.system((tx) =>
            countAttempt(tx, { key, windowMs: window * 1000, now: now() }),
          )
          const retryAfter = Math.ceil((endsAt.getTime() - now().getTime()) / 1000)
          return count <= max ? { allowed: true, retryAfter: null } : { allowed: false, retryAfter }
        },
      },
    },
    // The same rule as for the API: own address, or whatever host the page itself was loaded from.
    trustedOrigins: async (request) => {
      const origin = request?.headers.get('origin')
      return origin && URL.parse(origin)?.host === request?.headers.get(CALLER.host) ? [origin] : []
    },
    advanced: {
      cookiePrefix: 'okno',
      useSecureCookies: config.publicUrl.startsWith('https:'),
      ipAddress: { ipAddressHeaders: [CALLER.ip] },
      // Said aloud, because the library leaves both checks out when NODE_ENV is "test".
      disableOriginCheck: false,
      disableCSRFCheck: false,
      database: { generateId: 'uuid', validateSchema: false },
    },
    onAPIError: {
      onError: (error) => {
        // Refusals travel to the caller as problems.
        if (!isAPIError(error)) log.error({ part: 'sign-in', err: error }, 'sign-in failed')
      },
    },
    logger: {
      level: 'warn',
      // Only the message: arguments may hold what was typed.
      log: (level, message) => log[level === 'error' ? 'warn' : 'debug']({ part: 'sign-in' }, message),
    },
    telemetry: { enabled: false },
  })
}
export type SignIn = ReturnType<typeof createSignIn>
