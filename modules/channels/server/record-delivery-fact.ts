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
  /** The last one gives up waiting: an account may always have something under way, and foreign receipts besides. */
  tries: { isLastTry: boolean },
) => Promise<void>

/** The provider was faster than our own commit of "sent": the fact is read again a little later. */
export class DeliveryNotRecordedYet extends Error {}

/**
 * Moves the message that a receipt or bounce is about. A fact about a message that is not ours, or that would move it back, changes
 * nothing; a temporary failure is the provider's own matter, which ends with a final one.
 */
export const recordDeliveryFact =
  (change: ChangeDelivery): RecordDeliveryFact =>
  async (tx, { accountId }, fact, { isLastTry }) => {
    if (fact.state === 'failed' && fact.temporary) return
    const find = () => lockDeliveryOfProvider(tx, accountId, fact.id)
    let delivery = await find()
    if (!delivery) {
      if (!isLastTry && (await hasSendingDeliveries(tx, accountId)))
        throw new DeliveryNotRecordedYet('A message is being sent; its receipt waits for it.')
      // It may have been recorded as sent after the first look and before the second.
      delivery = await find()
    }
    if (!delivery) return
    if (!movesOn(delivery.state, fact.state)) return
    const isFailed = fact.state === 'failed'
    const reason = isFailed ? (fact.reason ?? null) : null
    const to = { state: fact.state, providerId: fact.id, reason, reasonCode: isFailed ? 'bounced' : null }
    await change(tx, [{ delivery, to }])
  }
