/** Mail as a latin1 string: one character is one byte, so headers can be rewritten without touching the rest. */
export type Fix = (header: string, body: string) => [header: string, body: string]

/** Deeper nesting and more parts than any real mail has; what lies beyond is left as it is. */
const MAX_DEPTH = 20
const MAX_PARTS = 500

/** Rewrites every leaf part (a mail inside a mail is one) by `fix` and puts the mail together again. */
export function mapParts(mail: string, fix: Fix): string {
  const budget = { parts: MAX_PARTS }
  return mapPart(mail, fix, 0, budget)
}

function mapPart(part: string, fix: Fix, depth: number, budget: { parts: number }): string {
  if (depth > MAX_DEPTH || budget.parts-- <= 0) return part
  const [header, gap, body] = splitHeader(part)
  const type = headerValue(header, 'content-type')
  const boundary = /^\s*multipart\//i.test(type) ? parameter(type, 'boundary') : ''
  if (boundary !== '') {
    const [fixedHeader] = fix(header, '')
    return fixedHeader + gap + mapMultipart(body, boundary, (inner) => mapPart(inner, fix, depth + 1, budget))
  }
  const [fixedHeader, fixedBody] = fix(header, body)
  return fixedHeader + gap + fixedBody
}

function mapMultipart(body: string, boundary: string, mapInner: (part: string) => string): string {
  const delimiter = new RegExp(
    `(^|\\n)--${boundary.replace(/[.*+?^$|{}()[\]\\]/g, '\\$&')}(--)?[ \\t]*\\r?(?=\\n|$)`,
    'g',
  )
  const marks = [...body.matchAll(delimiter)]
  let out = betweenParts(body.slice(0, marks[0]?.index ?? body.length))
  for (const [position, mark] of marks.entries()) {
    const start = mark.index + mark[0].length
    const end = marks[position + 1]?.index ?? body.length
    const inner = body.slice(start, end)
    const isEpilogue = mark[2] === '--'
    out += mark[0] + (isEpilogue ? betweenParts(inner) : inner.slice(0, 1) + mapInner(inner.slice(1)))
  }
  return out
}

/** What stands before the first part and after the last one is shown to nobody; much of it only costs time. */
const betweenParts = (text: string): string => (text.length > 10_000 ? '\n' : text)

function splitHeader(part: string): [header: string, gap: string, body: string] {
  if (/^\r?\n/.test(part)) return ['', '', part]
  const end = /\r?\n\r?\n/.exec(part)
  if (!end) return [part, '', '']
  return [part.slice(0, end.index), end[0], part.slice(end.index + end[0].length)]
}

/** First value of a header, unfolded; empty when absent. */
export function headerValue(header: string, name: string): string {
  const found = new RegExp(`^${name}[ \\t]*:((?:[^\\n]|\\n[ \\t])*)`, 'im').exec(header)
  return (found?.[1] ?? '').replace(/\r?\n[ \t]+/g, ' ').trim()
}

/** Replaces a header or adds it at the end of the block. */
export function setHeader(header: string, name: string, value: string): string {
  const line = new RegExp(`^${name}[ \\t]*:(?:[^\\n]|\\n[ \\t])*`, 'im')
  const eol = header.includes('\r\n') || header === '' ? '\r\n' : '\n'
  if (line.test(header)) {
    return header.replace(line, (old) => `${name}: ${value}${old.endsWith('\r') ? '\r' : ''}`)
  }
  return header === '' ? `${name}: ${value}${eol}` : `${header}${eol}${name}: ${value}`
}

function parameter(contentType: string, name: string): string {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(contentType)
  return found?.[1] ?? found?.[2] ?? ''
}

/** Charset of a Content-Type, lower case; empty when absent. */
export const charsetParameter = (contentType: string): string => parameter(contentType, 'charset').trim().toLowerCase()

/** Bytes of a body (latin1) after its Content-Transfer-Encoding; unknown encodings are taken as they are. */
export function decodeTransfer(body: string, encoding: string): Buffer {
  const name = encoding.trim().toLowerCase()
  if (name.startsWith('base64')) return Buffer.from(body, 'base64')
  if (!name.startsWith('quoted-printable')) return Buffer.from(body, 'latin1')
  const decoded = body
    .replace(/=[ \t]*\r?\n/g, '')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(decoded, 'latin1')
}

/** The part with its content in base64, 76 characters a line. */
export function asBase64(header: string, content: Buffer): [header: string, body: string] {
  const body = content.toString('base64').replace(/.{76}/g, '$&\r\n')
  return [setHeader(header, 'Content-Transfer-Encoding', 'base64'), `${body}\r\n`]
}
