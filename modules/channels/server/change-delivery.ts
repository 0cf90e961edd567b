import type { Tx } from '#platform/server/database'
import type { Platform } from '#platform/server/platform'
import { systemActor } from '#platform/shared/actor'
import type { DeliveryState } from '../contract/delivery.ts'
import { deliveryChanged } from '../contract/events.ts'
import { updateDeliveries } from './deliveries.queries.ts'
import type { Receiver } from './receiver.ts'

/** What becomes of one delivery. */
export interface DeliveryChange {
  readonly state: DeliveryState
  readonly providerId: string | null
  readonly thread?: string | undefined
  readonly reason: string | null
  readonly reasonCode: string | null
  /** When it is tried again; only with state `queued`. */
  readonly nextTryAt?: Date | null
}

export interface ChangedDelivery {
  readonly delivery: { readonly id: string; readonly accountId: string }
  readonly to: DeliveryChange
}

export type ChangeDelivery = (tx: Tx, changed: readonly ChangedDelivery[]) => Promise<void>

/** Stores new states of deliveries, tells the receiver and the screens, all in the caller's transaction: many at the price of few. */
export const changeDelivery =
  ({ events }: Platform, receiver: () => Receiver): ChangeDelivery =>
  async (tx, changed) => {
    await updateDeliveries(
      tx,
      changed.map(({ delivery, to }) => ({ nextTryAt: null, ...to, id: delivery.id })),
    )
    const told = changed.map(({ delivery, to: { nextTryAt: _, thread, ...to } }) => ({
      fact: { messageId: delivery.id, accountId: delivery.accountId, ...to },
      thread,
    }))
    await receiver().deliveriesChanged(
      tx,
      told.map(({ fact, thread }) => (thread === undefined ? fact : { ...fact, thread })),
    )
    for (const { fact } of told) await events.publish(tx, systemActor(tx.workspaceId), deliveryChanged, fact)
  }
