import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { systemActor } from '#platform/shared/actor'
import type { DeliveryState } from '../contract/delivery.ts'
import { deliveryChanged } from '../contract/events.ts'
import { updateDelivery } from './deliveries.queries.ts'
import type { Receiver } from './receiver.ts'

export interface DeliveryChange {
  readonly state: DeliveryState
  readonly providerId: string | null
  readonly thread?: string | undefined
  readonly reason: string | null
  readonly reasonCode: string | null
  /** When it is tried again; only with state `queued`. */
  readonly nextTryAt?: Date | null
}

export type ChangeDelivery = (tx: Tx, delivery: { id: string; accountId: string }, to: DeliveryChange) => Promise<void>

/** Stores the new state of a delivery, tells the receiver and the screens, all in the caller's transaction. */
export const changeDelivery =
  ({ events }: Platform, receiver: () => Receiver): ChangeDelivery =>
  async (tx, { id, accountId }, { nextTryAt = null, thread, ...to }) => {
    await updateDelivery(tx, id, { ...to, nextTryAt })
    const changed = { messageId: id, accountId, ...to }
    await receiver().deliveryChanged(tx, thread === undefined ? changed : { ...changed, thread })
    await events.publish(tx, systemActor(tx.workspaceId), deliveryChanged, changed)
  }
