import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { audit } from '#platform/server/audit.queries'
import type { Tx } from '#platform/server/database'
import { defineJob, enqueue } from '#platform/server/jobs'
import type { Platform } from '#platform/server/platform'
import type { Actor } from '#platform/shared/actor'
import { newId } from '#platform/shared/ids'
import { Problem } from '#platform/shared/problems'
import type { Account, AccountDraft, accountPatch } from '../contract/accounts.ts'
import { accountChanged } from '../contract/events.ts'
import { addressOf, checkedConfig, configOf } from './account-draft.ts'
import { mergeConfig } from './account-secrets.ts'
import { toAccount } from './account-view.ts'
import {
  findAccount,
  findAccounts,
  insertAccount,
  lockAccount,
  lockAddress,
  updateAccountRow,
} from './accounts.queries.ts'
import type { RegisteredAdapter } from './channel-adapter.ts'
import { hurryDeliveries } from './deliveries.queries.ts'
import { askForSending } from './enqueue-delivery.ts'
import type { OpenAccounts } from './open-accounts.ts'

export const verifyAccountJob = defineJob('channels.verify_account', z.object({ accountId: z.uuid() }))

/** What this use case asks of the module that knows teams. */
export interface Teams {
  teamNames(tx: Tx, ids: readonly string[]): Promise<Map<string, unknown>>
}

interface Deps {
  readonly adapters: ReadonlyMap<string, RegisteredAdapter>
  readonly accounts: OpenAccounts
  readonly teams: Teams
}

/** Word between processes: settings of an account changed. */
export const ACCOUNT_TOPIC = 'channels.account'

export type AccountPatch = z.infer<typeof accountPatch>

/**
 * Adds an account. Its credentials are tried in the background; the result is its health.
 * @throws Problem `channels.kind_unknown`, `channels.config_invalid`, `channels.team_unknown`, `channels.address_taken`
 */
export const createAccount = (platform: Platform, deps: Deps) => (actor: Actor, draft: AccountDraft) =>
  platform.transaction(actor.workspaceId, async (tx): Promise<Account> => {
    const adapter = deps.adapters.get(draft.kind)
    if (!adapter)
      throw new Problem('channels.kind_unknown', 422, `There is no kind of channel ${draft.kind}.`, {
        params: { kind: draft.kind },
      })
    const id = newId()
    const config = checkedConfig(adapter.config, configOf(draft), secretsOf(platform, id))
    const address = addressOf(config)
    const teamId = draft.teamId ?? null
    await assertTeamExists(tx, deps.teams, teamId)
    await assertAddressIsFree(tx, { id, kind: draft.kind, address })
    const name = draft.name ?? address ?? draft.kind
    // 144 random bits: the key is all that a stranger needs to write to the account.
    await insertAccount(tx, {
      id,
      kind: draft.kind,
      name,
      key: randomBytes(18).toString('base64url'),
      config,
      address,
      teamId,
    })
    return saved(platform, deps, { tx, actor, id, action: 'account_created' })
  })

/**
 * Changes an account. Settings are laid over the stored ones; a secret left out keeps its value.
 * @throws Problem `channels.account_not_found` and those of `createAccount`
 */
export const updateAccount = (platform: Platform, deps: Deps) => (actor: Actor, id: string, patch: AccountPatch) =>
  platform.transaction(actor.workspaceId, async (tx): Promise<Account> => {
    const before = await lockAccount(tx, id)
    if (!before) throw accountNotFound()
    let { config } = before
    if (patch.config) {
      const adapter = deps.adapters.get(before.kind)
      if (!adapter) throw new Problem('channels.kind_unknown', 422, `There is no kind of channel ${before.kind}.`)
      const merged = mergeConfig(config, patch.config) as Record<string, unknown> // an object laid over an object
      config = checkedConfig(adapter.config, merged, secretsOf(platform, id))
    }
    const teamId = patch.teamId === undefined ? before.teamId : patch.teamId
    const address = patch.config ? (addressOf(config) ?? before.address) : before.address
    const isArchived = patch.isArchived ?? before.archivedAt !== null
    if (patch.teamId) await assertTeamExists(tx, deps.teams, teamId)
    if (!isArchived) await assertAddressIsFree(tx, { id, kind: before.kind, address })
    await updateAccountRow(tx, id, {
      name: patch.name ?? before.name,
      config,
      hasNewConfig: patch.config !== undefined,
      address,
      teamId,
      isEnabled: patch.isEnabled ?? before.isEnabled,
      archivedAt: isArchived ? (before.archivedAt ?? platform.now()) : null,
    })
    await hurryDeliveries(tx, id, platform.now())
    askForSending(tx, id)
    return saved(platform, deps, { tx, actor, id, action: 'account_changed' })
  })

async function saved(
  platform: Platform,
  deps: Deps,
  { tx, actor, id, action }: { tx: Tx; actor: Actor; id: string; action: string },
): Promise<Account> {
  const row = await findAccount(tx, id)
  if (!row) throw accountNotFound()
  enqueue(tx, verifyAccountJob, { accountId: id }, { key: `verify:${id}`, maxAttempts: 3 })
  await audit(tx, actor, { action: `channels.${action}`, object: 'account', id, details: { name: row.name } })
  await platform.events.publish(tx, actor, accountChanged, { accountId: id })
  tx.afterCommit(() => platform.bus.publish(ACCOUNT_TOPIC, { workspaceId: tx.workspaceId, accountId: id }))
  return toAccount(row, actor, deps.accounts)
}

export const accountNotFound = () => new Problem('channels.account_not_found', 404, 'There is no such account.')

const secretsOf = ({ secrets }: Platform, accountId: string) => ({
  seal: (plain: string) => secrets.seal(plain, accountId),
  open: (sealed: string) => secrets.open(sealed, accountId),
})

async function assertTeamExists(tx: Tx, teams: Teams, teamId: string | null) {
  if (teamId === null || (await teams.teamNames(tx, [teamId])).has(teamId)) return
  throw new Problem('channels.team_unknown', 422, 'There is no such team.', {
    errors: [{ path: 'teamId', code: 'unknown', message: 'There is no such team.' }],
  })
}

/** Two accounts of one address could not tell whose mail it is. */
async function assertAddressIsFree(tx: Tx, own: { id: string; kind: string; address: string | null }) {
  if (own.address === null || own.kind !== 'email') return
  await lockAddress(tx, own.address)
  const others = await findAccounts(tx)
  if (others.some(({ id, kind, address }) => id !== own.id && kind === own.kind && address === own.address))
    throw new Problem('channels.address_taken', 409, `Another account has the address ${own.address}.`, {
      params: { address: own.address },
    })
}
