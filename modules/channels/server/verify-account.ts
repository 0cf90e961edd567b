import type { Platform } from '#platform/server/platform'
import type { AccountRef } from './account-ref.ts'
import { type AccountRow, findAccount, setAddress } from './accounts.queries.ts'
import { AccountUnusable, type OpenAccounts } from './open-accounts.ts'
import { accountNotFound } from './save-account.ts'

const LIMIT_MS = 60_000

export type Verification = { ok: true } | { ok: false; reason: string }

/** Tries the credentials of an account and stores the result as its health. @throws Problem `channels.account_not_found` */
export const verifyAccount =
  ({ transaction }: Platform, accounts: OpenAccounts) =>
  async (ref: AccountRef): Promise<Verification> => {
    const row = await transaction(ref.workspaceId, (tx) => findAccount(tx, ref.accountId))
    if (!row) throw accountNotFound()
    const { result, isListening } = await verify(accounts, row)
    if (!result.ok) await accounts.setHealth(ref, 'failing', result.reason)
    // An account that listens tells its health by itself, and knows it better.
    else if (!isListening) await (result.isProven ? accounts.setHealth(ref, 'connected') : accounts.looksRight(ref))
    if (result.ok && row.address === null && result.address)
      await transaction(ref.workspaceId, (tx) => setAddress(tx, row.id, result.address))
    return result.ok ? { ok: true } : { ok: false, reason: result.reason }
  }

async function verify(accounts: OpenAccounts, row: AccountRow) {
  try {
    const account = accounts.open(row)
    const limit = new Promise<{ ok: false; reason: string }>((resolve) =>
      setTimeout(() => resolve({ ok: false, reason: 'The server did not answer within a minute.' }), LIMIT_MS).unref(),
    )
    return {
      result: await Promise.race([account.verify(), limit]),
      isListening: account.receive.mode === 'connection',
    }
  } catch (error) {
    if (!(error instanceof AccountUnusable)) throw error
    return { result: { ok: false as const, reason: error.message }, isListening: false }
  }
}
