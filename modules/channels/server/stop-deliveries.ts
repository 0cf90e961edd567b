import type { Tx } from '#platform/server/database'
import type { ChangeDelivery } from './change-delivery.ts'
import { lockDeliveries } from './deliveries.queries.ts'

/** Messages that wait to leave, and now fail for this reason. What a provider may have already stays as it is. */
export const stopDeliveries =
  (change: ChangeDelivery) =>
  async (tx: Tx, messageIds: readonly string[], reasonCode: string): Promise<void> => {
    const waiting = (await lockDeliveries(tx, messageIds)).filter(({ state }) => state === 'queued')
    const to = { state: 'failed', providerId: null, reason: null, reasonCode } as const
    if (waiting.length > 0)
      await change(
        tx,
        waiting.map((delivery) => ({ delivery, to })),
      )
  }
