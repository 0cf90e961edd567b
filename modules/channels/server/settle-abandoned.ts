import type { Platform } from '#platform/server/platform'
import { GIVE_UP_AFTER_MS } from '#platform/server/retry-pause'
import { findAccount } from './accounts.queries.ts'
import type { ChangeDelivery } from './change-delivery.ts'
import { findAbandoned, lockDeliveries } from './deliveries.queries.ts'
import { askForSending } from './enqueue-delivery.ts'
import type { OpenAccounts } from './open-accounts.ts'

/**
 * Settles messages whose process died while sending, where nobody knows whether they arrived: sent again if the channel makes that
 * harmless, else `unknown`. What waited for three days is given up.
 */
export const settleAbandoned =
  ({ database, transaction, now }: Platform, deps: { accounts: OpenAccounts; change: ChangeDelivery }) =>
  async (): Promise<void> => {
    const time = now()
    const givenUpBefore = new Date(time.getTime() - GIVE_UP_AFTER_MS)
    const abandoned = await database.system((tx) => findAbandoned(tx, { now: time, givenUpBefore }))
    for (const { workspaceId, accountId, id } of abandoned) {
      await transaction(workspaceId, async (tx) => {
        const [delivery] = await lockDeliveries(tx, [id])
        const account = await findAccount(tx, accountId)
        if (!delivery || !account) return
        if (delivery.state === 'queued' && delivery.queuedAt < givenUpBefore) {
          const reason = 'It could not be sent within three days.'
          const to = { state: 'failed', providerId: null, reason, reasonCode: 'given_up' } as const
          await deps.change(tx, [{ delivery, to }])
        } else if (delivery.state === 'sending' && delivery.leaseUntil && delivery.leaseUntil < time) {
          const isSafe = deps.accounts.capabilitiesOf(account).idempotentSend
          const to = {
            state: isSafe ? 'queued' : 'unknown',
            providerId: delivery.providerId,
            reason: 'Okno was interrupted while it sent this message.',
            reasonCode: 'interrupted',
            nextTryAt: isSafe ? time : null,
          } as const
          await deps.change(tx, [{ delivery, to }])
        }
        askForSending(tx, accountId)
      })
    }
  }
