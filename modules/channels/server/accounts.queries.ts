import { sql } from 'kysely'
import type { Tx } from '#platform/server/database'
import type { AccountRef } from './account-ref.ts'

export interface AccountRow {
  readonly workspaceId: string
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly key: string
  /** Secrets sealed. */
  readonly config: Record<string, unknown>
  readonly address: string | null
  readonly teamId: string | null
  readonly isEnabled: boolean
  readonly health: 'new' | 'connecting' | 'connected' | 'failing'
  readonly healthReason: string | null
  readonly archivedAt: Date | null
  /** Changes with the settings, not with the health. */
  readonly updatedAt: Date
}

const columns = [
  'workspace_id as workspaceId',
  'id',
  'kind',
  'name',
  'key',
  'config',
  'address',
  'team_id as teamId',
  'is_enabled as isEnabled',
  'health',
  'health_reason as healthReason',
  'archived_at as archivedAt',
  'updated_at as updatedAt',
] as const

export async function findAccount(tx: Tx, id: string): Promise<AccountRow | undefined> {
  return await tx.db
    .selectFrom('channels.accounts')
    .select(columns)
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function lockAccount(tx: Tx, id: string): Promise<AccountRow | undefined> {
  return await tx.db
    .selectFrom('channels.accounts')
    .select(columns)
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** The given accounts, archived ones too; or all that are not archived, oldest first. */
export async function findAccounts(tx: Tx, ids?: readonly string[]): Promise<AccountRow[]> {
  if (ids?.length === 0) return []
  return await tx.db
    .selectFrom('channels.accounts')
    .select(columns)
    .where('workspace_id', '=', tx.workspaceId)
    .$if(ids === undefined, (query) => query.where('archived_at', 'is', null))
    .$if(ids !== undefined, (query) => query.where('id', 'in', [...(ids ?? [])]))
    .orderBy('id')
    .execute()
}

/** In a system transaction: the account behind a public key, if it is in use. */
export async function findAccountByKey(tx: Tx, key: string): Promise<AccountRow | undefined> {
  return await tx.db
    .selectFrom('channels.accounts')
    .select(columns)
    .where('key', '=', key)
    .where('is_enabled', '=', true)
    .where('archived_at', 'is', null)
    .executeTakeFirst()
}

/** In a system transaction: accounts in use of all workspaces. */
export async function findEnabledAccounts(tx: Tx): Promise<AccountRow[]> {
  return await tx.db
    .selectFrom('channels.accounts')
    .select(columns)
    .where('is_enabled', '=', true)
    .where('archived_at', 'is', null)
    .orderBy('id')
    .execute()
}

/** In a system transaction: e-mail accounts in use that own one of the addresses, or answer at the domain `replyDomain`. */
export async function findMailAccounts(
  tx: Tx,
  { addresses, replyDomain }: { addresses: readonly string[]; replyDomain: string },
): Promise<AccountRow[]> {
  return await tx.db
    .selectFrom('channels.accounts')
    .select(columns)
    .where('kind', '=', 'email')
    .where('is_enabled', '=', true)
    .where('archived_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb(sql<string>`lower(address)`, 'in', [...addresses]),
        eb(sql<string>`config ->> 'replyDomain'`, '=', replyDomain),
      ]),
    )
    .orderBy('id')
    .execute()
}

/** Waits until no other transaction gives an account this address; ends with the transaction. */
export async function lockAddress(tx: Tx, address: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`address ${tx.workspaceId} ${address}`}, 0))`.execute(tx.db)
}

export async function insertAccount(
  tx: Tx,
  account: {
    id: string
    kind: string
    name: string
    key: string
    config: Record<string, unknown>
    address: string | null
    teamId: string | null
  },
): Promise<void> {
  await tx.db
    .insertInto('channels.accounts')
    .values({
      workspace_id: tx.workspaceId,
      id: account.id,
      kind: account.kind,
      name: account.name,
      key: account.key,
      config: JSON.stringify(account.config),
      address: account.address,
      team_id: account.teamId,
    })
    .execute()
}

export async function updateAccountRow(
  tx: Tx,
  id: string,
  change: {
    name: string
    config: Record<string, unknown>
    /** What was seen with the settings before says nothing about these. */
    hasNewConfig: boolean
    address: string | null
    teamId: string | null
    isEnabled: boolean
    archivedAt: Date | null
  },
): Promise<void> {
  await tx.db
    .updateTable('channels.accounts')
    .set({
      name: change.name,
      config: JSON.stringify(change.config),
      address: change.address,
      team_id: change.teamId,
      is_enabled: change.isEnabled,
      archived_at: change.archivedAt,
      ...(change.hasNewConfig && { health: 'new', health_reason: null }),
      updated_at: sql<Date>`clock_timestamp()`,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()
}

export interface Health {
  readonly state: 'connecting' | 'connected' | 'failing'
  readonly reason: string | null
  readonly at: Date
  /** Leaves an account that fails as it is. */
  readonly unlessFailing?: boolean
}

/** Stores health; false when it was the same already. */
export async function updateHealth(tx: Tx, id: string, health: Health): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('channels.accounts')
    .set({ health: health.state, health_reason: health.reason, health_at: health.at })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .$if(health.unlessFailing === true, (query) => query.where('health', '<>', 'failing'))
    .where((eb) => eb.or([eb('health', '<>', health.state), eb('health_reason', 'is distinct from', health.reason)]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function setAddress(tx: Tx, id: string, address: string): Promise<void> {
  await tx.db
    .updateTable('channels.accounts')
    .set({ address })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()
}

export async function readAccountState(tx: Tx, accountId: string, key: string): Promise<unknown> {
  const row = await tx.db
    .selectFrom('channels.account_state')
    .select('value')
    .where('workspace_id', '=', tx.workspaceId)
    .where('account_id', '=', accountId)
    .where('key', '=', key)
    .executeTakeFirst()
  return row?.value
}

export async function writeAccountState(tx: Tx, accountId: string, key: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value)
  await tx.db
    .insertInto('channels.account_state')
    .values({ workspace_id: tx.workspaceId, account_id: accountId, key, value: text })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'account_id', 'key']).doUpdateSet({ value: text }))
    .execute()
}

/** Accounts with a word of this name in their memory; in a system transaction, of every workspace. */
export async function findAccountsWithState(tx: Tx, key: string): Promise<AccountRef[]> {
  return await tx.db
    .selectFrom('channels.account_state')
    .select(['workspace_id as workspaceId', 'account_id as accountId'])
    .where('key', '=', key)
    .orderBy('account_id')
    .execute()
}

const LEASE_KEY = 'okno.listener'

/** Takes or renews the right to listen on an account for `seconds`; false while another process holds it. */
export async function takeListenerLease(
  tx: Tx,
  { accountId, holder, seconds }: { accountId: string; holder: string; seconds: number },
): Promise<boolean> {
  // The database's clock, because processes on several machines compare it.
  const { rows } = await sql`
    insert into channels.account_state as lease (workspace_id, account_id, key, value)
    values (${tx.workspaceId}, ${accountId}, ${LEASE_KEY},
      jsonb_build_object('holder', ${holder}::text, 'until', extract(epoch from clock_timestamp()) + ${seconds}::int))
    on conflict (workspace_id, account_id, key) do update set value = excluded.value
      where lease.value ->> 'holder' = ${holder}
        or (lease.value ->> 'until')::float8 < extract(epoch from clock_timestamp())
    returning 1`.execute(tx.db)
  return rows.length > 0
}

export async function releaseListenerLease(tx: Tx, { workspaceId, accountId }: AccountRef, holder: string) {
  await sql`
    delete from channels.account_state
    where workspace_id = ${workspaceId} and account_id = ${accountId} and key = ${LEASE_KEY}
      and value ->> 'holder' = ${holder}`.execute(tx.db)
}
