import type { Actor } from '#platform/shared/actor'
import type { Account } from '../contract/accounts.ts'
import { hideSecrets } from './account-secrets.ts'
import type { AccountRow } from './accounts.queries.ts'
import type { OpenAccounts } from './open-accounts.ts'

/** An account as its reader may see it: settings for those who manage channels, secrets for nobody. */
export function toAccount(row: AccountRow, actor: Actor, accounts: OpenAccounts): Account {
  const canEdit = actor.can('channels.manage')
  const { id, kind, name, key, address, teamId, isEnabled, health, healthReason, config } = row
  return {
    id,
    kind,
    name,
    key,
    address,
    teamId,
    isEnabled,
    health,
    healthReason,
    // Hiding keeps the shape of an object.
    ...(canEdit ? { config: hideSecrets(config) as Record<string, unknown> } : {}),
    capabilities: accounts.capabilitiesOf(row),
    can: { edit: canEdit },
  }
}
