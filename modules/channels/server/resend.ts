import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { Problem } from '#platform/shared/problems'
import type { ChangeDelivery } from './change-delivery.ts'
import { lockDeliveries, restartDelivery } from './deliveries.queries.ts'
import { askForSending } from './enqueue-delivery.ts'

/**
 * Queues a message again that failed or whose fate is unknown, because a person asked for it.
 * @throws Problem `channels.delivery_not_found`, `channels.delivery_not_resendable`
 */
export const resend =
  ({ now }: Platform, change: ChangeDelivery) =>
  async (tx: Tx, messageId: string): Promise<void> => {
    const [delivery] = await lockDeliveries(tx, [messageId])
    if (!delivery) throw new Problem('channels.delivery_not_found', 404, 'This message was never sent by a channel.')
    if (delivery.state !== 'failed' && delivery.state !== 'unknown')
      throw new Problem('channels.delivery_not_resendable', 409, 'Only a failed or unknown message is sent again.')
    await restartDelivery(tx, messageId, now())
    await change(tx, [{ delivery, to: { state: 'queued', providerId: null, reason: null, reasonCode: null } }])
    askForSending(tx, delivery.accountId)
  }
