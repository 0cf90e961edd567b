import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Secrets } from '#platform/server/secrets'

/** Who a browser is to one account. `externalId` = id in the host page's own system, once the page vouched for it. */
export interface Visitor {
  readonly accountId: string
  readonly visitorId: string
  readonly externalId?: string | undefined
  readonly issuedAt: Date
}

const payload = z.object({ a: z.uuid(), v: z.uuid(), u: z.string().optional(), i: z.int() })
const PURPOSE = 'visitor token'

/** A visitor who comes once a year is still the same one; longer is not worth a risk. */
const MAX_AGE_DAYS = 400
const DAY_MS = 24 * 60 * 60 * 1000
/** A token older than this is replaced when the visitor connects, so that regular visitors never lose theirs. */
export const RENEW_AFTER_MS = DAY_MS

/** `payload.signature`, both base64url. */
export function signVisitorToken(secrets: Secrets, { accountId, visitorId, externalId, issuedAt }: Visitor): string {
  const body = toBase64(JSON.stringify({ a: accountId, v: visitorId, u: externalId, i: Math.floor(+issuedAt / 1000) }))
  return `${body}.${secrets.sign(PURPOSE, body).toString('base64url')}`
}

/** The visitor of a token, or null when it was forged, changed, made for another account or is too old. */
export function readVisitorToken(
  secrets: Secrets,
  token: string,
  { accountId, now }: { accountId: string; now: Date },
): Visitor | null {
  const [body = '', signature = ''] = token.split('.')
  if (!isEqual(secrets.sign(PURPOSE, body), Buffer.from(signature, 'base64url'))) return null
  const { a, v, u, i } = payload.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')))
  const issuedAt = new Date(i * 1000)
  if (a !== accountId || +now - +issuedAt > MAX_AGE_DAYS * DAY_MS) return null
  return { accountId: a, visitorId: v, externalId: u, issuedAt }
}

/** Signed permission of one visitor to put an uploaded file into a message. */
export function signFileTicket(
  secrets: Secrets,
  owner: Visitor,
  file: { id: string; name: string; mime: string; sizeBytes: number },
): string {
  const body = toBase64(JSON.stringify(file))
  return `${body}.${secrets.sign('chat file ticket', `${owner.accountId} ${owner.visitorId} ${body}`).toString('base64url')}`
}

const ticketFile = z.object({ id: z.uuid(), name: z.string(), mime: z.string(), sizeBytes: z.number() })

/** The file of a ticket, or null when the ticket is not this visitor's. */
export function readFileTicket(secrets: Secrets, owner: Pick<Visitor, 'accountId' | 'visitorId'>, ticket: string) {
  const [body = '', signature = ''] = ticket.split('.')
  const expected = secrets.sign('chat file ticket', `${owner.accountId} ${owner.visitorId} ${body}`)
  if (!isEqual(expected, Buffer.from(signature, 'base64url'))) return null
  return ticketFile.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')))
}

/** Addresses of files stop working after this: they may stay behind in histories and logs of browsers. */
const FILE_ADDRESS_DAYS = 7

/** Query of the address under which whoever has it may load one file of one thread. */
export function signFileAddress(secrets: Secrets, file: { threadId: string; fileId: string }, now: Date): string {
  // A whole day is rounded up to, so that the address stays the same for a day and the browser's cache serves it.
  const until = Math.ceil(+now / DAY_MS) + FILE_ADDRESS_DAYS
  return `thread=${file.threadId}&until=${until}&signature=${fileSignature(secrets, file, until).toString('base64url')}`
}

export const isFileAddressValid = (
  secrets: Secrets,
  file: { threadId: string; fileId: string },
  { until, signature, now }: { until: number; signature: string; now: Date },
): boolean => until * DAY_MS > +now && isEqual(fileSignature(secrets, file, until), Buffer.from(signature, 'base64url'))

const fileSignature = (secrets: Secrets, { threadId, fileId }: { threadId: string; fileId: string }, until: number) =>
  secrets.sign('chat file address', `${threadId} ${fileId} ${until}`)

const toBase64 = (text: string) => Buffer.from(text, 'utf8').toString('base64url')

const isEqual = (expected: Buffer, given: Buffer) =>
  expected.length === given.length && timingSafeEqual(expected, given)
