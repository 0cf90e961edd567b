import { z } from 'zod'
import { pageQuery } from '#platform/shared/page'

/** `paused` keeps what happens and sends it later; `off`: Okno has stopped telling, nothing is kept. */
export const webhookStates = ['active', 'paused', 'off'] as const
export type WebhookState = (typeof webhookStates)[number]

export const deliveryStates = ['queued', 'sending', 'delivered', 'given_up'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/**
 * Why a try failed: `refused` = an answer other than 2xx, `silent` = none within 10 s, `unreachable` = no connection, `private` = the address
 * leads into a private network, `interrupted` = Okno ended in the middle, `unwritten` = Okno could not put the event into words.
 */
export const reasonCodes = ['refused', 'silent', 'unreachable', 'private', 'interrupted', 'unwritten'] as const
export type ReasonCode = (typeof reasonCodes)[number]
const reasonCode = z.enum(reasonCodes).nullable()

const name = z.string().trim().min(1).max(100)
const url = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .refine((text) => URL.parse(text)?.username === '' && URL.parse(text)?.password === '', 'No user name or password')
  .meta({ examples: ['https://shop.example/okno'] })
const events = z.array(z.string().max(100)).min(1).max(100)

export const webhook = z.object({
  id: z.uuid(),
  name: z.string(),
  url: z.string(),
  /** Names of event types, as `GET /webhook-events` lists them. */
  events: z.array(z.string()),
  /** True: the payload also carries the object as the API shows it to an administrator, and the values of what changed. */
  withObject: z.boolean(),
  /** True: the address may lead into a private network. */
  allowPrivateAddresses: z.boolean(),
  state: z.enum(webhookStates),
  /** Why it is off: the receiver answered 410, or nothing got through for three days. */
  offBecause: z.enum(['gone', 'failing']).nullable(),
  /** Nothing was taken since then; null while the last try succeeded. */
  failingSince: z.date().nullable(),
  /** Words of the last try that failed: status and beginning of the answer, or what the network said. */
  lastReason: z.string().nullable(),
  lastReasonCode: reasonCode,
  lastTakenAt: z.date().nullable(),
  /** Deliveries that are not settled. */
  waiting: z.number().int(),
  /** Until then payloads are signed by the secret before as well. */
  oldSecretUntil: z.date().nullable(),
  createdAt: z.date(),
})
export type Webhook = z.infer<typeof webhook>

/** The secret is shown by the answer that makes it, and never again. */
export const webhookWithSecret = webhook.extend({ secret: z.string() })

export const webhookDraft = z.strictObject({
  name,
  url,
  events,
  withObject: z.boolean().default(true),
  allowPrivateAddresses: z.boolean().default(false),
})
export type WebhookDraft = z.infer<typeof webhookDraft>

/** `state: 'active'` also switches on what is off. */
export const webhookPatch = z
  .strictObject({
    name,
    url,
    events,
    withObject: z.boolean(),
    allowPrivateAddresses: z.boolean(),
    state: z.enum(['active', 'paused']),
  })
  .partial()
export type WebhookPatch = z.infer<typeof webhookPatch>

/** One event on its way to one webhook. */
export const delivery = z.object({
  id: z.uuid(),
  /** The `webhook-id` of every try. */
  eventId: z.string(),
  type: z.string(),
  /** Deliveries of one object leave one after another. */
  object: z.string(),
  state: z.enum(deliveryStates),
  attempts: z.number().int(),
  occurredAt: z.date(),
  /** Null while an earlier delivery of the same object is not settled, and afterwards. */
  nextTryAt: z.date().nullable(),
  settledAt: z.date().nullable(),
  /** HTTP status of the last answer. */
  status: z.number().int().nullable(),
  reason: z.string().nullable(),
  reasonCode,
})
export type Delivery = z.infer<typeof delivery>

/** One try: what was answered, or why nothing was. */
export const attempt = z.object({
  id: z.uuid(),
  at: z.date(),
  tookMs: z.number().int(),
  status: z.number().int().nullable(),
  reason: z.string().nullable(),
  reasonCode,
  /** The beginning of the answer's body. */
  answer: z.string(),
})

export const deliveryDetails = delivery.extend({
  /** What was sent; null before the first try. */
  body: z.string().nullable(),
  tries: z.array(attempt),
})
export type DeliveryDetails = z.infer<typeof deliveryDetails>

export const deliveryQuery = pageQuery.extend({ state: z.enum(['waiting', 'delivered', 'given_up']).optional() })
export type DeliveryQuery = z.infer<typeof deliveryQuery>

/** `failed`: what was given up or never told, such as while the webhook was off. `all`: everything, once more. */
export const replayRange = z
  .strictObject({
    from: z.iso.datetime({ offset: true }),
    to: z.iso.datetime({ offset: true }),
    which: z.enum(['failed', 'all']).default('failed'),
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ['to'], message: 'Must be later than from' })
export type ReplayRange = z.infer<typeof replayRange>

/** A kind of event that webhooks can be told of. */
export const eventType = z.object({
  type: z.string(),
  /** Raised when a payload changes in a way that a receiver must know of; fields are only added within a version. */
  version: z.number().int(),
  about: z.string(),
  /** Kind of the object in the payload; null when there is none. */
  object: z.string().nullable(),
  /** JSON schema of the payload. */
  schema: z.record(z.string(), z.unknown()),
})
export type EventType = z.infer<typeof eventType>
