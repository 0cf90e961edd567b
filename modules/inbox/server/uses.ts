import type { Account, DeliveryState } from '#modules/channels/contract'
import type { PersonSource } from '#modules/customers'
import type { Objects } from '#modules/objects'
import type { Tx } from '#platform/server/database'
import type { Actor } from '#platform/shared/actor'

/** What the inbox asks of the modules below it, and nothing more: their doors are checked against this where they are wired. */

export interface PresentOperator {
  readonly id: string
  readonly name: string
  /** Conversations this operator can hold at a time. */
  readonly capacity: number
  readonly teamIds: readonly string[]
}

export interface Access {
  operatorNames(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, { id: string; name: string }>>
  teamNames(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, { id: string; name: string }>>
  /** @throws Problem `access.operator_not_found` also for one who left */
  actorOf(tx: Tx, operatorId: string): Promise<Actor>
  presentOperators(tx: Tx): Promise<readonly PresentOperator[]>
  businessWorkspace(tx: Tx): Promise<{ timeZone: string; locale: 'ru' | 'en'; name: string }>
}

/** What is known of a sender, as channels describe it: proven = the channel vouches for it, claims = typed by somebody. */
export interface Sender {
  readonly address: string
  readonly name?: string
  readonly identities: readonly { kind: 'email' | 'phone' | 'visitor' | 'external'; value: string; proven: boolean }[]
  readonly claims?: Readonly<Record<string, string>>
}

export interface TimelineEntry {
  readonly personId: string
  readonly at: Date
  readonly kind: string
  readonly object?: string
  readonly objectId?: string
  readonly data: Record<string, unknown>
  readonly once?: string
}

export interface Customers {
  /** The people who wrote, one for each arrival, in their order. */
  identifyAll(
    tx: Tx,
    arrivals: readonly { account: { id: string; kind: string }; sender: Sender; arrivalId: string; at: Date }[],
  ): Promise<readonly { personId: string; name: string; ownerId: string | null; isNew: boolean }[]>
  /** Makes what a person claimed a proven identity of theirs; what they never claimed stays as it is. */
  proveIdentity(
    tx: Tx,
    proof: {
      personId: string
      kind: Sender['identities'][number]['kind']
      value: string
      accountId: string
      evidence: { source: string; accountId: string; arrivalId: string }
      at: Date
    },
  ): Promise<unknown>
  /** By the id that was asked for; `id` inside is that of the card under which the person is shown. */
  summaries(
    tx: Tx,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, { id: string; name: string; isRestricted: boolean }>>
  /** All cards that are shown as one with this person. */
  membersOf(tx: Tx, id: string): Promise<readonly string[]>
  createPerson(tx: Tx, actor: Actor, draft: { name: string }): Promise<string>
  /** Gives addresses by which somebody wrote to another card; how many there were. */
  moveAddress(
    tx: Tx,
    actor: Actor,
    of: { personId: string; accountId: string | null; values: readonly string[]; toPersonId: string },
  ): Promise<number>
  /** Who may be writing by an address of a person. */
  speakersOf(
    tx: Tx,
    used: { personId: string; accountId: string | null; values: readonly string[]; names: readonly string[] },
  ): Promise<{
    readonly address: { id: string; personId: string; kind: string; value: string; isShared: boolean } | null
    readonly people: readonly { id: string; name: string; why: 'address' | 'household' }[]
    readonly names: readonly string[]
  }>
  recordTimeline(tx: Tx, entry: TimelineEntry): Promise<void>
  recordTimelineAll(tx: Tx, entries: readonly TimelineEntry[]): Promise<void>
  addSource(source: PersonSource): void
  recordConsent(
    tx: Tx,
    consent: { personId: string; purpose: string; textVersion: number; text: string; source: string; at: Date },
  ): Promise<unknown>
}

export type ChannelAccount = Pick<Account, 'id' | 'name' | 'kind' | 'address' | 'teamId' | 'isEnabled' | 'capabilities'>

export interface VisitorTyping {
  readonly workspaceId: string
  readonly accountId: string
  readonly threadId: string
}

/** A message on its way out; `lane` keeps the order within one conversation. */
export interface Outgoing {
  readonly messageId: string
  readonly accountId: string
  readonly lane: string
  readonly to: string
  readonly toName?: string
  readonly thread?: string
  readonly subject?: string
  readonly text: string
  readonly html?: string
  readonly fileIds: readonly string[]
  readonly inReplyTo?: string
  readonly references: readonly string[]
  readonly fromName?: string
  readonly replyToken?: string
}

export interface Channels {
  setReceiver(receiver: Receiver): void
  accounts(tx: Tx, ids?: readonly string[]): Promise<ReadonlyMap<string, ChannelAccount>>
  enqueueDelivery(tx: Tx, delivery: Outgoing): Promise<void>
  resend(tx: Tx, messageId: string): Promise<void>
  /** Shows the customer that somebody answers, where the channel can. */
  notifyTyping(accountId: string, thread: string, name: string): void
  /** Hears of visitors who write, each in one process. */
  onVisitorTyping(listener: (typing: VisitorTyping) => void): void
}

/** What showing conversations asks for: names beside ids. */
export interface ReadUses {
  readonly access: Pick<Access, 'operatorNames' | 'teamNames'>
  readonly customers: Pick<Customers, 'summaries'>
  readonly channels: Pick<Channels, 'accounts'>
  readonly objects: Pick<Objects, 'questions'>
}

/** A file of an arrival, already stored. */
export interface ArrivedFile {
  readonly fileId: string
  readonly name: string
  readonly inline: boolean
  readonly contentId?: string
}

export interface MessageFact {
  readonly type: 'message'
  readonly id: string
  /** Every id under which this thread may be known, the surest first. */
  readonly threads: readonly string[]
  readonly direction: 'in' | 'out'
  readonly from: Sender
  readonly to: readonly { address: string; name?: string }[]
  readonly sentAt: Date
  readonly subject?: string
  readonly text: string
  readonly quoted?: string
  /** Sanitised. */
  readonly html?: string
  readonly files: readonly ArrivedFile[]
  readonly inReplyTo?: string
  readonly automatic?: 'auto_reply' | 'bounce' | 'mailing_list' | 'notification'
  readonly context?: Readonly<Record<string, string>>
  readonly consents?: readonly { purpose: string; text: string; textVersion: number; source: string }[]
}

export type ArrivedFact =
  | MessageFact
  | { readonly type: 'edited'; readonly id: string; readonly text: string }
  | { readonly type: 'deleted'; readonly id: string }

export interface Arrival {
  readonly account: {
    readonly id: string
    readonly kind: string
    readonly name: string
    readonly teamId: string | null
  }
  readonly arrivalId: string
  readonly receivedAt: Date
  readonly facts: readonly ArrivedFact[]
}

export interface DeliveryChange {
  readonly messageId: string
  readonly accountId: string
  readonly state: DeliveryState
  readonly providerId: string | null
  readonly thread?: string
  readonly reason: string | null
  readonly reasonCode: string | null
}

/** What the inbox gives to channels: runs in their transaction. */
export interface Receiver {
  /** Arrivals of one account, oldest first: many at the price of few. */
  receiveAll(tx: Tx, arrivals: readonly Arrival[]): Promise<void>
  /** At most one news of each message. */
  deliveriesChanged(tx: Tx, changes: readonly DeliveryChange[]): Promise<void>
}
