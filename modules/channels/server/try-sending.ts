import type { Platform } from '#platform/server/platform'
import type { AccountRow } from './accounts.queries.ts'
import type { DeliveryChange } from './change-delivery.ts'
import { type ChannelAccount, ChannelError, type OutgoingMessage } from './channel-adapter.ts'
import type { Delivery } from './deliveries.queries.ts'
import { outcomeOf } from './delivery-rules.ts'
import { AccountUnusable, type OpenAccounts } from './open-accounts.ts'
import { isErased } from './personal-data.queries.ts'
import { storable } from './storable.ts'

/** Hands one claimed message to its provider and says what became of it. Never throws. */
export async function trySending(of: {
  platform: Platform
  accounts: OpenAccounts
  account: AccountRow
  delivery: Delivery
}): Promise<{ result: DeliveryChange; outcome: string }> {
  const { platform, accounts, account, delivery } = of
  let opened: ChannelAccount | undefined
  let isHandedOver = false
  try {
    opened = accounts.open(account)
    const message = await outgoing(platform, account, delivery)
    isHandedOver = true
    const { id, thread } = await opened.send(message)
    const result = { state: 'sent', providerId: id, thread, reason: null, reasonCode: null } as const
    return { result: storable(result), outcome: 'sent' }
  } catch (error) {
    const failure = toChannelError(error, isHandedOver)
    if (failure !== error)
      platform.log.error({ err: error, messageId: delivery.id, accountId: account.id }, 'delivery failed')
    const outcome = outcomeOf({
      error: failure,
      attempts: delivery.attempts,
      queuedAt: delivery.queuedAt,
      now: platform.now(),
      idempotentSend: opened?.capabilities.idempotentSend ?? false,
      random: Math.random(),
    })
    const providerId = outcome.state === 'unknown' ? accounts.idOf(account, delivery.id) : delivery.providerId
    return {
      // Words of a provider may hold what no database takes; the fate must be recorded all the same.
      result: storable({ providerId, ...outcome }),
      outcome: failure.outcome === 'unknown' ? 'unknown' : failure.reason,
    }
  }
}

/** A bug after the hand-over leaves open whether the message went out; before it, it surely did not. */
function toChannelError(error: unknown, isHandedOver: boolean): ChannelError {
  if (error instanceof ChannelError) return error
  if (error instanceof AccountUnusable)
    return new ChannelError(error.message, 'not_configured', 'not_sent', { cause: error })
  const outcome = isHandedOver ? 'unknown' : 'not_sent'
  return new ChannelError('Okno could not send this message.', 'unreachable', outcome, { cause: error })
}

async function outgoing(
  { transaction, files }: Platform,
  { workspaceId }: AccountRow,
  { id, message: { fileIds, traceparent: _, ...message } }: Delivery,
): Promise<OutgoingMessage> {
  if (isErased(message)) throw new ChannelError('What was in this message was erased.', 'rejected', 'not_sent')
  if (fileIds.length === 0) return { ...message, id, files: [] }
  const loaded = await transaction(workspaceId, async (tx) => {
    const all = []
    for (const fileId of fileIds) all.push(await files.load(tx, fileId))
    return all
  })
  return { ...message, id, files: loaded.map(({ name, mime, content }) => ({ name, mime, content })) }
}
