import type { ZodType } from 'zod'
import type { Id } from '#platform/shared/ids'
import type { Capabilities } from '../contract/capabilities.ts'

/** Ids given out by a provider. Opaque: only the adapter that made one may look inside it. */
export type ProviderMessageId = Id<'provider message'>
export type ProviderThreadId = Id<'provider thread'>
export type ProviderAddress = Id<'provider address'>

/** A kind of channel: e-mail, Telegram. One folder under adapters/ defines exactly one. */
export interface ChannelAdapter<Config> {
  /** Stored in the database, so never renamed: 'email', 'telegram'. */
  readonly kind: string
  /** Draws the settings form and checks what is stored. Fields with `.meta({ secret: true })` are encrypted at rest. */
  readonly config: ZodType<Config>
  /** Binds one account's settings. Does no I/O, so the server starts even when a provider is down. */
  open(config: Config, io: ChannelIo): ChannelAccount
}

/** One configured account of a channel, such as support@example.com. */
export interface ChannelAccount {
  readonly capabilities: Capabilities
  /**
   * Tries the credentials by one cheap call. Runs when settings are saved and once an hour. `isProven` is false where nothing can be
   * tried before there is a message: a failure that a message met then stays.
   */
  verify(): Promise<{ ok: true; isProven: boolean; address: string } | { ok: false; reason: string }>
  /**
   * How raw input reaches us: the provider calls us (`webhook`), we hold a connection open until `stop` (`connection`),
   * or a part of Okno itself takes it in and proves who sent it (`hosted`: our SMTP server, site chat, forms).
   */
  readonly receive:
    | {
        mode: 'webhook'
        authentic(raw: RawInput): boolean
        /** The sender's own id of this event; a hash of the bytes stands in when left out. Throws `Unreadable`: refused, not stored. */
        keyOf?(raw: RawInput): string
        answer?(raw: RawInput): { status: number; body: string }
      }
    | { mode: 'connection'; listen(accept: Accept, stop: AbortSignal): Promise<void> }
    | { mode: 'hosted' }
  /** Raw input to plain facts. Pure: no network, database or clock, so a stored arrival can be replayed. Throws `Unreadable`. */
  normalise(raw: RawInput): ChannelFact[] | Promise<ChannelFact[]>
  /** Hands one message to the provider. Throws ChannelError and nothing else. */
  send(message: OutgoingMessage): Promise<{ id: ProviderMessageId; thread?: ProviderThreadId }>
  /**
   * Id under which the provider will know our message, where that is known before it is sent: with it, a report about a message whose fate is
   * unknown finds it. Pure.
   */
  idOf?(messageId: string): ProviderMessageId
  /** Loads a file that `normalise` could only point at. Left out when payloads carry their files. */
  download?(file: FileRef): Promise<Uint8Array>
  /** Closes pooled connections. */
  close?(): Promise<void>
}

/** Stores raw input durably, once per `key`; resolves only after the commit, so the provider may then be told "taken". */
export type Accept = (raw: RawInput) => Promise<void>

/** Exactly what a provider handed over, before anybody read it. */
export interface RawInput {
  /** Provider's own id of this event, or a hash of the bytes: the same key is stored once. */
  readonly key: string
  readonly receivedAt: Date
  /** Lower-case names. For mail: the envelope (`envelope-from`, `envelope-to`), the folder (`imap-folder`: 'inbox' | 'sent'). */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface ChannelIo {
  /** Refuses private and loopback addresses after DNS resolution, follows no redirects, ends after 10 s. */
  readonly fetch: typeof fetch
  /** The same without the check of addresses: only where the administrator allowed it for this account. */
  readonly fetchAnywhere: typeof fetch
  readonly log: { info(event: string, fields?: object): void; warn(event: string, fields?: object): void }
  /** Small durable memory of one account, such as the last IMAP UID of each folder. */
  readonly state: { get(key: string): Promise<unknown>; set(key: string, value: unknown): Promise<void> }
  /** Reports health as it changes; the supervisor stores it and shows it in settings. */
  readonly health: (state: 'connected' | 'connecting' | 'failing', reason?: string) => void
  /** The account's own id and public address, and a key for signing what must come back unchanged (reply addresses, tokens). */
  readonly account: { id: string; publicUrl: string; signingKey: Uint8Array }
}

/** What an adapter knows about the sender. Proven = the channel vouches for it; claimed = typed by somebody. */
export interface Sender {
  readonly address: ProviderAddress
  readonly name?: string
  /**
   * Ways to recognise the person. `proven: false` never merges two cards by itself. `email` in lower case, `phone` in
   * E.164 where it could be parsed, `external` = id in the business's own system, `visitor` = browser of the site chat.
   */
  readonly identities: readonly { kind: 'email' | 'phone' | 'visitor' | 'external'; value: string; proven: boolean }[]
  /** Fields of the card that the sender filled in (form), keyed by field: `firstName`, `company`, `city`… Unproven. */
  readonly claims?: Readonly<Record<string, string>>
}

export interface FileRef {
  readonly name: string
  readonly mime: string
  readonly sizeBytes: number
  /** Present when the payload carries its file. */
  readonly content?: Uint8Array
  /** Opaque pointer for `download` otherwise. */
  readonly ref?: string
  /** Content-ID of an inline image, without angle brackets. */
  readonly contentId?: string
  readonly inline: boolean
}

export type ChannelFact =
  | MessageFact
  | {
      type: 'delivery'
      id: ProviderMessageId
      state: 'delivered' | 'read' | 'failed'
      reason?: string
      temporary?: boolean
    }
  | { type: 'edited'; id: ProviderMessageId; text: string }
  | { type: 'deleted'; id: ProviderMessageId }

export interface MessageFact {
  readonly type: 'message'
  readonly id: ProviderMessageId
  /** Every id under which this thread may already be known, the surest first (mail: signed reply token, then References). */
  readonly threads: readonly ProviderThreadId[]
  /** `out` for an answer that was written outside Okno (sent folder). */
  readonly direction: 'in' | 'out'
  readonly from: Sender
  /** Other side of an `out` message and further participants, for scoping a thread. */
  readonly to: readonly { address: ProviderAddress; name?: string }[]
  readonly sentAt: Date
  readonly subject?: string
  /** What the person wrote this time, without quotes and signature. Never empty when the message had any text. */
  readonly text: string
  /** The rest (quoted talk, signature), shown folded. */
  readonly quoted?: string
  /** Unsanitised; sanitised before it is stored for display. */
  readonly html?: string
  readonly files: readonly FileRef[]
  readonly inReplyTo?: ProviderMessageId
  /** Mail of machines: shown, never answered automatically, never starts a clock. */
  readonly automatic?: 'auto_reply' | 'bounce' | 'mailing_list' | 'notification'
  /** Page on which a chat or form was, campaign tags, callback slot (`callback_from`, `callback_to`, ISO): shown with the message. */
  readonly context?: Readonly<Record<string, string>>
  /** Consents that the sender gave with this message, in the words that were shown. */
  readonly consents?: readonly { purpose: string; text: string; textVersion: number; source: string }[]
}

export interface OutgoingMessage {
  /** Our message id: the adapter derives from it what makes a resend recognisable (Message-ID, random_id). */
  readonly id: string
  readonly thread?: ProviderThreadId
  readonly to: ProviderAddress
  readonly toName?: string
  /** Name of the operator as the customer sees it. */
  readonly fromName?: string
  readonly subject?: string
  readonly text: string
  readonly html?: string
  readonly files: readonly { name: string; mime: string; content: Uint8Array; contentId?: string }[]
  readonly inReplyTo?: ProviderMessageId
  /** Ids of the thread so far, oldest first (mail: References). */
  readonly references: readonly ProviderMessageId[]
  /** Signed token that brings the answer back to this conversation where the channel can carry one. */
  readonly replyToken?: string
}

/** Why a send failed. `outcome: 'unknown'` means it may have arrived: resent only if `capabilities.idempotentSend`. */
export class ChannelError extends Error {
  readonly reason: 'rejected' | 'rate_limited' | 'unauthorised' | 'window_closed' | 'unreachable' | 'not_configured'
  readonly outcome: 'not_sent' | 'unknown'
  readonly details: { retryAfterSeconds?: number; cause?: unknown }

  constructor(
    message: string,
    reason: ChannelError['reason'],
    outcome: ChannelError['outcome'],
    details: ChannelError['details'] = {},
  ) {
    super(message, { cause: details.cause })
    this.reason = reason
    this.outcome = outcome
    this.details = details
  }
}

/** Raw input that no fact can be read from. The arrival is kept as `unreadable` with this reason and can be replayed. */
export class Unreadable extends Error {}

/** Closes over `Config`: stored settings are parsed, then `open` is called, so the registry is a plain list without casts. */
export interface RegisteredAdapter {
  readonly kind: string
  readonly config: ZodType
  /** @throws ZodError when the stored settings do not fit the schema. */
  open(config: unknown, io: ChannelIo): ChannelAccount
}

export const defineAdapter = <Config>(adapter: ChannelAdapter<Config>): RegisteredAdapter => ({
  kind: adapter.kind,
  config: adapter.config,
  open: (config, io) => adapter.open(adapter.config.parse(config), io),
})
