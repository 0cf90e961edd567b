import type { Tx } from '#platform/server/database'
import type { DeliveryState } from '../contract/delivery.ts'
import type { ChannelFact, MessageFact } from './channel-adapter.ts'

/** A file of a message, already stored. */
export interface ReceivedFile {
  readonly fileId: string
  readonly name: string
  readonly mime: string
  readonly sizeBytes: number
  readonly inline: boolean
  readonly contentId?: string
}

/** A message whose files are stored and whose `html` is sanitised. */
export type ReceivedMessage = Omit<MessageFact, 'files'> & { readonly files: readonly ReceivedFile[] }

/** What an arrival says to the one who receives it; fates of deliveries go by `deliveriesChanged`. */
export type ReceivedFact = ReceivedMessage | Extract<ChannelFact, { type: 'edited' | 'deleted' }>

export interface Received {
  readonly account: {
    readonly id: string
    readonly kind: string
    readonly name: string
    readonly teamId: string | null
  }
  readonly arrivalId: string
  readonly receivedAt: Date
  readonly facts: readonly ReceivedFact[]
}

export interface ChangedDelivery {
  readonly messageId: string
  readonly accountId: string
  readonly state: DeliveryState
  readonly providerId: string | null
  /** Thread that the provider opened for the message: an answer comes back under it. */
  readonly thread?: string
  readonly reason: string | null
  /** `ChannelError.reason`, `bounced`, `interrupted`, `given_up`, `server_failed`. */
  readonly reasonCode: string | null
}

/** The one who turns facts into conversations. Both run in the channel's own transaction and are safe to repeat. */
export interface Receiver {
  /** Arrivals of one account, oldest first: many at the price of few. */
  receiveAll(tx: Tx, received: readonly Received[]): Promise<void>
  /** At most one news of each message. */
  deliveriesChanged(tx: Tx, changed: readonly ChangedDelivery[]): Promise<void>
}
