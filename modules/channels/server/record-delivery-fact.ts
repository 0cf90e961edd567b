import type { Tx } from '#platform/server/database'
import type { AccountRef } from './account-ref.ts'
import type { ChangeDelivery } from './change-delivery.ts'
import type { ChannelFact } from './channel-adapter.ts'
import { hasSendingDeliveries, lockDeliveryOfProvider } from './deliveries.queries.ts'
import { movesOn } from './delivery-rules.ts'

type DeliveryFact = Extract<ChannelFact, { type: 'delivery' }>
export type RecordDeliveryFact = (
  tx: Tx,
  account: AccountRef,
  fact: DeliveryFact,
  arrival: { attempts: number },
) => Promise<void>

/** The provider was faster than our own commit of "sent": the fact is read again a little later. */
export class DeliveryNotRecordedYet extends Error {}

/**
 * Moves the message that a receipt or bounce is about. A fact about a message that is not ours, or that would move it back, changes
 * nothing; a temporary failure is the provider's own matter, which ends with a final one.
 */
export const recordDeliveryFact =
  (change: ChangeDelivery): RecordDeliveryFact =>
  async (tx, { accountId }, fact, { attempts }) => {
    if (fact.state === 'failed' && fact.temporary) return
    const delivery = await lockDeliveryOfProvider(tx, accountId, fact.id)
    if (!delivery) {
      if (attempts === 0 && (await hasSendingDeliveries(tx, accountId)))
        throw new DeliveryNotRecordedYet('A message is being sent; its receipt waits for it.')
      return
    }
    if (!movesOn(delivery.state, fact.state)) return
    const isFailed = fact.state === 'failed'
    const reason = isFailed ? (fact.reason ?? null) : null
    const to = { state: fact.state, providerId: fact.id, reason, reasonCode: isFailed ? 'bounced' : null }
    await change(tx, [{ delivery, to }])
  }
