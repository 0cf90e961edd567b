import type { Tx } from '#platform/server/database'
import { isOutage } from '#platform/server/outage'
import type { Platform } from '#platform/server/platform'
import { GIVE_UP_AFTER_MS } from '#platform/server/retry-pause'
import { findAccount } from './accounts.queries.ts'
import type { ChangeDelivery } from './change-delivery.ts'
import { findAbandoned, lockDeliveries, type Overdue } from './deliveries.queries.ts'
import { askForSending } from './enqueue-delivery.ts'
import type { OpenAccounts } from './open-accounts.ts'

/**
 * Settles messages whose process died while sending, where nobody knows whether they arrived: sent again if the channel makes that
 * harmless, else `unknown`. What waited for three days is given up. One that cannot be settled is told of in the log and stops nothing.
 *
 * @throws Error on an outage
 */
export const settleAbandoned =
  (
    { database, transaction, now, log }: Platform,
    deps: { accounts: Pick<OpenAccounts, 'capabilitiesOf' | 'idOf'>; change: ChangeDelivery },
  ) =>
  async (): Promise<void> => {
    const time = now()
    const givenUpBefore = new Date(time.getTime() - GIVE_UP_AFTER_MS)
    const abandoned = await database.system((tx) => findAbandoned(tx, { now: time, givenUpBefore }))
    for (const one of abandoned) {
      try {
        await transaction(one.workspaceId, (tx) => settle(tx, one))
      } catch (error) {
        if (isOutage(error)) throw error
        log.error({ err: error, messageId: one.id, accountId: one.accountId }, 'delivery not settled')
      }
    }

    async function settle(tx: Tx, { accountId, id }: Overdue) {
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
          providerId: isSafe ? delivery.providerId : deps.accounts.idOf(account, id),
          reason: 'Okno was interrupted while it sent this message.',
          reasonCode: 'interrupted',
          nextTryAt: isSafe ? time : null,
        } as const
        await deps.change(tx, [{ delivery, to }])
      }
      askForSending(tx, accountId)
    }
  }
