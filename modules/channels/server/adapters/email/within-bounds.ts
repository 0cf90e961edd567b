import { asBase64, decodeTransfer, headerValue, mapParts } from './mime-parts.ts'

/** Up to here the parser's cost of a line does not matter. */
const MANY_LINES = 5000
/** Lines shorter than this on average are not worth their number. Bytes. */
const SHORT = 50

/** A date has at most some eighty characters. */
const LONG_DATE = /^(date[ \t]*:(?:[^\n]|\n[ \t]){200})(?:[^\n]|\n[ \t])+/im

/**
 * The same mail without what would hold up every other one. The parser spends about 30 µs on a line of plain text, however short, so
 * parts of many short lines (a pasted log, a mail of nothing but line ends) go through base64; and the engine's reading of a date takes
 * quadratic time on open brackets, so a long date is cut.
 */
export function withinBounds(mail: Uint8Array): Uint8Array {
  const bytes = Buffer.from(mail.buffer, mail.byteOffset, mail.byteLength)
  const text = bytes.toString('latin1')
  const isDateLong = LONG_DATE.test(text)
  if (!isDateLong && count(text) <= MANY_LINES) return mail
  const fixed = mapParts(isDateLong ? text.replace(LONG_DATE, '$1') : text, (header, body) => {
    const encoding = headerValue(header, 'content-transfer-encoding')
    const isPacked = /^base64/i.test(encoding) && body.length / SHORT > count(body)
    return count(body) <= MANY_LINES || isPacked ? [header, body] : asBase64(header, decodeTransfer(body, encoding))
  })
  return Buffer.from(fixed, 'latin1')
}

function count(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines
}
