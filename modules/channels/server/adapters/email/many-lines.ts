import { asBase64, decodeTransfer, headerValue, mapParts } from './mime-parts.ts'

/** Up to here the parser's cost of a line does not matter. */
const MANY_LINES = 5000
/** Lines shorter than this on average are not worth their number. Bytes. */
const SHORT = 50

/**
 * The same mail with parts of many short lines in base64: the parser spends about 30 µs on a line of plain text, however short, so a
 * pasted log, or a mail of nothing but line ends, would hold up every other mail.
 */
export function withFewLines(mail: Uint8Array): Uint8Array {
  const text = Buffer.from(mail.buffer, mail.byteOffset, mail.byteLength)
  if (!hasManyLines(text)) return mail
  const fixed = mapParts(text.toString('latin1'), (header, body) => {
    const encoding = headerValue(header, 'content-transfer-encoding')
    const isPacked = /^base64/i.test(encoding) && body.length / SHORT > count(body)
    return count(body) <= MANY_LINES || isPacked ? [header, body] : asBase64(header, decodeTransfer(body, encoding))
  })
  return Buffer.from(fixed, 'latin1')
}

const hasManyLines = (text: Buffer): boolean => count(text) > MANY_LINES

function count(text: Buffer | string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines
}
