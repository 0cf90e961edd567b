import { verifyPassword } from 'better-auth/crypto'
import type { Database } from '#platform/server/database'
import type { Actor } from '#platform/shared/actor'
import { Problem } from '#platform/shared/problems'
import { findPasswordOf } from './accounts.queries.ts'
import { countAttempt, forgiveAttempts } from './attempts.queries.ts'
import { tooManyAttempts } from './guard-sign-in.ts'

const WINDOW_MS = 15 * 60 * 1000
const MAX_GUESSES = 10

/**
 * Makes sure that it is the operator who sits there, and not somebody at a window left open: for what cannot be taken back. Counted before the
 * password is looked at, over all such questions. Slow on purpose: never inside a transaction.
 *
 * @throws Problem `access.invalid_password`, `access.too_many_attempts`
 */
export async function confirmPassword(
  { database, now }: { database: Database; now: () => Date },
  actor: Actor,
  password: string,
): Promise<void> {
  const key = `confirm operator ${actor.operatorId}`
  const { count, endsAt } = await database.system((tx) => countAttempt(tx, { key, windowMs: WINDOW_MS, now: now() }))
  if (count > MAX_GUESSES) throw tooManyAttempts((endsAt.getTime() - now().getTime()) / 1000)
  const hash = actor.operatorId
    ? await database.system((tx) => findPasswordOf(tx, actor.workspaceId, actor.operatorId ?? ''))
    : undefined
  if (!hash || !(await verifyPassword({ hash, password })))
    throw new Problem('access.invalid_password', 403, 'The password is not right.')
  await database.system((tx) => forgiveAttempts(tx, { all: key, one: key }))
}
