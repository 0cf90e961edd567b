import type { Database } from '#platform/server/database'
import { networkOf } from '#platform/server/network-of'
import { Problem } from '#platform/shared/problems'
import { countAttempt, forgiveAttempts } from './attempts.queries.ts'

const WINDOW_MS = 15 * 60 * 1000
/** Wrong passwords for one e-mail, from wherever they come. */
const PER_EMAIL = 10
/** Wrong passwords from one address: an office behind one address has many typing errors. */
const PER_IP = 50

/**
 * Runs one attempt to sign in, counted before the password is looked at, so that guesses at the same moment cannot slip through. One
 * that succeeds is taken off the count.
 *
 * @throws Problem `access.too_many_attempts` with `retryAfterSeconds`
 */
export async function guardSignIn<Result>(
  { database, now }: { database: Database; now: () => Date },
  { ip, email }: { ip: string; email: string },
  attempt: () => Promise<Result>,
): Promise<Result> {
  const keys = { ip: `sign-in ip ${networkOf(ip)}`, email: `sign-in email ${email}` }
  const counted = await database.system(async (tx) => [
    { max: PER_IP, ...(await countAttempt(tx, { key: keys.ip, windowMs: WINDOW_MS, now: now() })) },
    { max: PER_EMAIL, ...(await countAttempt(tx, { key: keys.email, windowMs: WINDOW_MS, now: now() })) },
  ])
  const over = counted.find(({ count, max }) => count > max)
  if (over) throw tooManyAttempts((over.endsAt.getTime() - now().getTime()) / 1000)
  const result = await attempt()
  await database.system((tx) => forgiveAttempts(tx, { all: keys.email, one: keys.ip }))
  return result
}

export const tooManyAttempts = (retryAfterSeconds: number) =>
  new Problem('access.too_many_attempts', 429, 'Too many attempts. Try again later.', {
    params: { retryAfterSeconds: Math.ceil(retryAfterSeconds) },
  })
