import PostalMime, { type Attachment, addressParser, decodeWords, type Email } from 'postal-mime'
import { withTrueCharsets } from './charset.ts'
import { withFixedQuotes } from './flowed.ts'
import { withinBounds } from './within-bounds.ts'

/** A mail as the rest of the adapter reads it. */
export interface Mail {
  /** First value of a header, decoded; empty when absent. */
  header(name: string): string
  /** Every value of a header, decoded, from the top. */
  headers(name: string): string[]
  addresses(name: string): { address: string; name: string }[]
  readonly text: string
  readonly html: string
  readonly parts: readonly Attachment[]
}

/** Bytes of all headers together, and depth of parts, above which the mail is read as plain text. */
const MAX_HEADERS = 512 * 1024
const MAX_DEPTH = 40
/** More delimiter lines than this is a bomb of parts: 25 MB can hold millions. */
const MAX_DELIMITERS = 5000
/** 50 MB of base64 have 690,000 lines; the parser needs time for each, even an empty one. */
const MAX_LINES = 750_000
/** Bytes shown of a mail that cannot be taken apart. */
const MAX_RAW = 256 * 1024

/** Takes a mail apart. Never throws: what cannot be parsed is read as headers and text. */
export async function parseMail(bytes: Uint8Array): Promise<Mail> {
  const mail = withoutMboxLine(bytes)
  try {
    if (count(mail, '\n--', MAX_DELIMITERS) > MAX_DELIMITERS || count(mail, '\n', MAX_LINES) > MAX_LINES)
      return asRaw(mail)
    const options = { maxHeadersSize: MAX_HEADERS, maxNestingDepth: MAX_DEPTH, forceRfc822Attachments: true }
    const parsed = asMail(await PostalMime.parse(withinBounds(withFixedQuotes(withTrueCharsets(mail))), options))
    const isBare = parsed.text.trim() === '' && parsed.html.trim() === '' && parsed.parts.length === 0
    // A wrong or missing boundary hides the whole body; raw text is better than none.
    return isBare ? { ...parsed, text: asRaw(mail).text } : parsed
  } catch {
    return asRaw(mail) // the parser refuses by throwing plain errors; the mail must be shown all the same
  }
}

function asMail(email: Email): Mail {
  const values = new Map<string, string[]>()
  for (const { key, value } of email.headers) values.set(key, [...(values.get(key) ?? []), value])
  const headers = (name: string) => (values.get(name) ?? []).map((value) => plainText(decodeWords(value)))
  return {
    header: (name) => headers(name)[0] ?? '',
    headers,
    addresses: (name) => (values.get(name) ?? []).slice(0, 20).flatMap(parseAddresses),
    text: plainText(email.text ?? ''),
    html: plainText(email.html ?? ''),
    parts: email.attachments,
  }
}

/** Undecoded names go in, so that a decoded comma or bracket cannot make a second address. */
function parseAddresses(value: string): { address: string; name: string }[] {
  return addressParser(value.slice(0, 50_000), { flatten: true })
    .slice(0, 500)
    .map((one) => ({ address: cleanAddress(one.address ?? ''), name: plainText(one.name).replace(/\s+/g, ' ').trim() }))
    .filter((one) => /^[^\s@]+@[^\s@]+$/.test(one.address))
}

const cleanAddress = (address: string): string =>
  plainText(address)
    .replace(/[<>"'\s]/g, '')
    .replace(/^mailto:/i, '')
    .toLowerCase()

/** Without what PostgreSQL and browsers refuse: NUL, other control characters, half surrogates. */
export const plainText = (text: string): string => text.toWellFormed().replace(/(?![\t\n\f\r])\p{Cc}|\ufeff/gu, '')

function asRaw(bytes: Uint8Array): Mail {
  const { head, body } = cutRaw(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const lines = head
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .slice(0, 500)
  const headers = (name: string) =>
    lines
      .filter((line) => line.slice(0, line.indexOf(':')).trim().toLowerCase() === name)
      .map((line) => plainText(decodeWords(line.slice(line.indexOf(':') + 1).trim())))
  return {
    header: (name) => headers(name)[0] ?? '',
    headers,
    addresses: (name) => headers(name).flatMap(parseAddresses),
    text: body,
    html: '',
    parts: [],
  }
}

/** Beginnings of headers and body; what has no blank line is all body. */
function cutRaw(bytes: Buffer): { head: string; body: string } {
  const text = (from: number, to: number) => plainText(bytes.toString('utf8', from, Math.min(to, from + MAX_RAW)))
  const ends = [bytes.indexOf('\r\n\r\n'), bytes.indexOf('\n\n')].filter((end) => end >= 0)
  const end = Math.min(...ends)
  return ends.length === 0
    ? { head: '', body: text(0, bytes.length) }
    : { head: text(0, end), body: text(end, bytes.length).trimStart() }
}

/** Some programs hand over mailbox files, whose first line is "From sender date". */
function withoutMboxLine(bytes: Uint8Array): Uint8Array {
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') !== 'From ') return bytes
  const end = bytes.indexOf(0x0a)
  return end < 0 ? bytes : bytes.subarray(end + 1)
}

function count(bytes: Uint8Array, mark: string, enough: number): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let found = 0
  for (let at = buffer.indexOf(mark); at >= 0 && found <= enough; at = buffer.indexOf(mark, at + mark.length)) found++
  return found
}

/** Text of a part that is not shown as the body: a delivery report, returned headers. */
export function partText(part: Attachment): string {
  const { content } = part
  if (typeof content === 'string') return plainText(content)
  return plainText(new TextDecoder('utf-8').decode(content))
}
