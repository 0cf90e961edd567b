import { createHash } from 'node:crypto'
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { z } from 'zod'
import { type ChannelFact, type RawInput, type Sender, Unreadable } from '../../channel-adapter.ts'
import type { ApiConfig } from './config.ts'

const DAY_MS = 86_400_000
/** Nobody hands over older messages; a time near 1970 is seconds taken for milliseconds, or none at all. */
const EARLIEST = Date.UTC(1990, 0, 1)
const MAX_FILES = 10

const text = (max: number) => z.string().trim().min(1).max(max)

const file = z.strictObject({
  name: text(300),
  mime: text(200).default('application/octet-stream'),
  contentBase64: z.base64(),
})

/** Body of `POST /in/<key>`. */
export const apiMessage = z
  .strictObject({
    /** The sender's own id of the message: the same id is taken once. */
    id: text(300).optional(),
    /** Messages of one thread are one talk; the writer's own thread when left out. */
    thread: text(300).optional(),
    from: z
      .strictObject({
        id: text(300).optional(),
        name: text(300).optional(),
        email: z.email().max(254).optional(),
        phone: text(40).optional(),
      })
      .refine(({ id, email, phone }) => id ?? email ?? phone, 'needs id, email or phone'),
    text: z.string().max(200_000).default(''),
    sentAt: z.iso.datetime({ offset: true }).optional(),
    files: z.array(file).max(MAX_FILES).default([]),
  })
  .refine(({ text, files }) => text.trim() !== '' || files.length > 0, 'needs a text or a file')

/** @throws Unreadable naming the field that is wrong */
export function parseApiMessage(raw: RawInput): z.infer<typeof apiMessage> {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw.body))
  } catch (cause) {
    throw new Unreadable('The body is not JSON in UTF-8.', { cause })
  }
  const parsed = apiMessage.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Unreadable(`${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'not a message'}`)
}

export function normalise(raw: RawInput, config: ApiConfig): ChannelFact[] {
  const message = parseApiMessage(raw)
  const { from } = message
  const address = addressOf(from)
  return [
    {
      type: 'message',
      id: message.id ?? `sha256:${createHash('sha256').update(raw.body).digest('hex')}`,
      threads: [message.thread ?? `from:${address}`],
      direction: 'in',
      from: senderOf(from, config),
      to: [],
      sentAt: sentAt(message.sentAt, raw.receivedAt),
      text: message.text,
      files: message.files.map(({ name, mime, contentBase64 }) => {
        const content = new Uint8Array(Buffer.from(contentBase64, 'base64'))
        return { name, mime, sizeBytes: content.byteLength, content, inline: false }
      }),
    },
  ]
}

/** Names the writer within the calling system, which vouches for that much: without an id of its own, by what it gave instead. */
function addressOf({ id, email, phone }: z.infer<typeof apiMessage>['from']): string {
  return id ?? (email ? `email:${email.toLowerCase()}` : `phone:${phone ?? ''}`)
}

function senderOf({ id, name, email, phone }: z.infer<typeof apiMessage>['from'], config: ApiConfig): Sender {
  const proven = config.trustIdentities
  const number = phone ? (parsePhoneNumberFromString(phone, 'RU')?.number ?? phone) : undefined
  return {
    address: addressOf({ id, email, phone }),
    ...(name ? { name } : {}),
    identities: [
      ...(email ? [{ kind: 'email' as const, value: email.toLowerCase(), proven }] : []),
      ...(number ? [{ kind: 'phone' as const, value: number, proven }] : []),
    ],
  }
}

/** A clock that runs ahead must not put a message above those to come, nor one that stands still make an answer due for decades. */
function sentAt(given: string | undefined, receivedAt: Date): Date {
  const time = given === undefined ? receivedAt : new Date(given)
  return time.getTime() > EARLIEST && time.getTime() < receivedAt.getTime() + DAY_MS ? time : receivedAt
}
