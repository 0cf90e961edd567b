import { z } from 'zod'

/** Limits of the site chat, the same for the widget and the server. Lengths are UTF-16 code units, sizes bytes. */
export const chatLimits = { text: 10_000, files: 10, fileBytes: 10 * 1024 * 1024, email: 254, history: 100 } as const

/** Text as PostgreSQL can keep it: no NUL, no half of a surrogate pair. */
const cleanText = (max: number) =>
  z
    .string()
    .max(max)
    .transform((text) => text.replaceAll('\0', '').toWellFormed())

/** Only web addresses: operators click on what visitors send. */
const webAddress = z
  .string()
  .max(2000)
  .regex(/^https?:\/\/[^\s]+$/i)
  .transform((text) => text.replaceAll('\0', '').toWellFormed())

/** The page on which the visitor is. What is odd in it is left out: it must never cost a message. */
const page = z.object({
  url: webAddress.optional().catch(undefined),
  title: cleanText(300).optional().catch(undefined),
  referrer: webAddress.optional().catch(undefined),
})
const seq = z.int().min(0).max(2_147_483_647)

/** What the widget sends when it connects: `auth` of the socket. */
export const chatHandshake = z.object({
  account: z.string().min(16).max(100),
  token: z.string().max(1000).optional(),
  /** Signed by the host page's server: base64url of `{id, name?, email?, phone?, exp}` and its HMAC-SHA256 as hex or base64url. */
  identity: z.string().max(4000).optional(),
  signature: z.string().max(200).optional(),
  /** Last entry the widget has. */
  after: seq.optional().catch(undefined),
  page: page.optional().catch(undefined),
})

/** Every request that a visitor's socket may send, with its shape. Each is answered with a `ChatAck`. */
export const chatRequests = {
  say: z
    .object({
      /** The widget's own id of the message: repeats of one key are one message. */
      key: z.string().regex(/^[\w-]{8,64}$/),
      text: cleanText(chatLimits.text),
      /** Tickets of uploaded files. */
      files: z.array(z.string().max(4000)).max(chatLimits.files).default([]),
      page: page.optional().catch(undefined),
    })
    .refine(({ text, files }) => text.trim() !== '' || files.length > 0),
  /** Entries up to `delivered` stand in the widget, those up to `read` were on screen. */
  seen: z.object({ delivered: seq, read: seq }),
  history: z.object({ before: seq.optional(), after: seq.optional() }),
  leave_email: z.object({
    email: z
      .email()
      .max(chatLimits.email)
      .transform((email) => email.toLowerCase()),
  }),
  page,
  typing: z.object({}),
}
export type ChatRequest = keyof typeof chatRequests

export type ChatAck<Answer = object> =
  | ({ ok: true } & Answer)
  /** `isFinal`: the same request will never be taken, so do not repeat it. */
  | { ok: false; code: string; isFinal: boolean; retryAfterMs?: number }

export interface ChatFile {
  id: string
  name: string
  mime: string
  sizeBytes: number
  /** Path on the server that the script came from. Works for some days, for whoever has it. */
  url: string
}

export interface ChatEntry {
  /** Order within the thread, without gaps, from 1. */
  seq: number
  direction: 'in' | 'out'
  key: string
  author: string | null
  text: string
  files: ChatFile[]
  /** ISO 8601, UTC. */
  at: string
}

/** How one account's widget looks and speaks. Null texts mean the widget's own. */
export interface ChatConfig {
  title: string | null
  greeting: string | null
  /** When somebody answers, in the company's words: «пн–пт 9:00–18:00». */
  hours: string | null
  colour: string
  locale: 'auto' | 'ru' | 'en'
  position: 'right' | 'left'
  askEmail: boolean
  privacyUrl: string | null
  /** First names of those who are present, at most three. */
  agents: string[]
  isSomebodyHere: boolean
  /** `text`: UTF-16 code units of a message; `files`: of one message; `fileBytes`: of one file. */
  limits: { text: number; files: number; fileBytes: number }
}

/** First word of the server on a new connection. */
export interface ChatHello {
  token: string
  /** When it changes, another person sits at the browser: what was kept belongs to somebody else. */
  visitor: string
  /** False until the visitor wrote for the first time. */
  hasThread: boolean
  config: ChatConfig
  /** Entries after the handshake's `after`; when `hasGap`, older ones are missing before the first of them. */
  entries: ChatEntry[]
  hasGap: boolean
  lastSeq: number
  readSeq: number
  email: string | null
}
