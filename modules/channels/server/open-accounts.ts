import type { Tx } from '#platform/server/database'
import { createGuardedFetch } from '#platform/server/guarded-fetch'
import type { Platform } from '#platform/server/platform'
import { systemActor } from '#platform/shared/actor'
import type { Capabilities } from '../contract/capabilities.ts'
import { accountChanged } from '../contract/events.ts'
import type { AccountRef } from './account-ref.ts'
import { openSecrets } from './account-secrets.ts'
import { type AccountRow, type Health, readAccountState, updateHealth, writeAccountState } from './accounts.queries.ts'
import type { ChannelAccount, ChannelIo, ProviderMessageId, RegisteredAdapter } from './channel-adapter.ts'
import { storable } from './storable.ts'

/** What an account can do whose settings cannot be read: nothing. */
export const NO_CAPABILITIES: Capabilities = {
  formats: ['plain'],
  maxTextLength: null,
  maxAttachmentBytes: 0,
  subject: false,
  replyToMessage: false,
  receipts: [],
  typing: false,
  reply: 'other_channel',
  startConversation: 'never',
  replyWindowHours: null,
  idempotentSend: false,
}

/** Stored settings that their channel does not accept, such as after a downgrade. */
export class AccountUnusable extends Error {}

export interface OpenAccounts {
  /** The account ready for use; opened once and again after a change of settings. @throws AccountUnusable */
  open(row: AccountRow): ChannelAccount
  capabilitiesOf(row: AccountRow): Capabilities
  /** Id under which the provider would know this message of ours; null where only the provider can tell. */
  idOf(row: AccountRow, messageId: string): ProviderMessageId | null
  /** Stores health and tells screens when it changed. */
  setHealth(ref: AccountRef, state: 'connecting' | 'connected' | 'failing', reason?: string): Promise<void>
  /** The settings look right, which says nothing against a failure that was seen. */
  looksRight(ref: AccountRef): Promise<void>
  close(): Promise<void>
}

/** Opened accounts of this process. */
export function createOpenAccounts(platform: Platform, adapters: ReadonlyMap<string, RegisteredAdapter>): OpenAccounts {
  const opened = new Map<string, { version: number; account: ChannelAccount }>()
  const publicFetch = createGuardedFetch({ allowPrivate: false })
  const anyFetch = createGuardedFetch({ allowPrivate: true })
  const log = platform.log.child({ part: 'channels' })

  const storeHealth = ({ workspaceId, accountId }: AccountRef, health: Omit<Health, 'at'>) =>
    platform.transaction(workspaceId, async (tx) => {
      if (await updateHealth(tx, accountId, { ...health, at: platform.now() }))
        await platform.events.publish(tx, systemActor(workspaceId), accountChanged, { accountId })
    })
  const setHealth: OpenAccounts['setHealth'] = (ref, state, reason) =>
    storeHealth(ref, { state, reason: reason === undefined ? null : storable(reason.slice(0, 500)) })

  function ioOf({ workspaceId, id, kind }: AccountRow): ChannelIo {
    const own = log.child({ accountId: id, channel: kind })
    const inWorkspace = <Result>(work: (tx: Tx) => Promise<Result>) => platform.transaction(workspaceId, work)
    return {
      fetch: publicFetch,
      fetchAnywhere: anyFetch,
      log: {
        info: (event, fields) => own.info({ ...fields }, event),
        warn: (event, fields) => own.warn({ ...fields }, event),
      },
      state: {
        get: (key) => inWorkspace((tx) => readAccountState(tx, id, key)),
        set: (key, value) => inWorkspace((tx) => writeAccountState(tx, id, key, value)),
      },
      health: (state, reason) => {
        setHealth({ workspaceId, accountId: id }, state, reason).catch((error) =>
          own.warn({ err: error }, 'health not stored'),
        )
      },
      account: {
        id,
        publicUrl: platform.config.publicUrl,
        signingKey: platform.secrets.keyFor(`account ${id}`),
      },
    }
  }

  function open(row: AccountRow): ChannelAccount {
    const version = row.updatedAt.getTime()
    const known = opened.get(row.id)
    // A reader may still hold an older row: the newest settings stay.
    if (known && known.version >= version) return known.account
    const adapter = adapters.get(row.kind)
    if (!adapter) throw new AccountUnusable(`There is no channel of kind ${row.kind} in this version.`)
    let account: ChannelAccount
    try {
      const config = openSecrets(row.config, (sealed) => platform.secrets.open(sealed, row.id))
      account = adapter.open(config, ioOf(row))
    } catch (cause) {
      throw new AccountUnusable(`The settings of the account ${row.name} cannot be used.`, { cause })
    }
    opened.set(row.id, { version, account })
    if (known) closeQuietly(known.account)
    return account
  }

  const closeQuietly = (account: ChannelAccount) => {
    account.close?.().catch((error) => log.warn({ err: error }, 'account did not close'))
  }

  /** Asks an opened account; `otherwise` where its settings cannot be used. */
  function ask<Answer>(row: AccountRow, question: (account: ChannelAccount) => Answer, otherwise: Answer): Answer {
    try {
      return question(open(row))
    } catch (error) {
      if (!(error instanceof AccountUnusable)) throw error
      log.warn({ err: error, accountId: row.id }, 'account unusable')
      return otherwise
    }
  }

  return {
    open,
    setHealth,
    looksRight: (ref) => storeHealth(ref, { state: 'connected', reason: null, unlessFailing: true }),
    capabilitiesOf: (row) => ask(row, ({ capabilities }) => capabilities, NO_CAPABILITIES),
    idOf: (row, messageId) => ask(row, (account) => account.idOf?.(messageId) ?? null, null),
    close: async () => {
      const all = [...opened.values()]
      opened.clear()
      await Promise.allSettled(all.map(({ account }) => account.close?.()))
    },
  }
}
