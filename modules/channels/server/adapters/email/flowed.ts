import { headerValue, mapParts } from './mime-parts.ts'

/**
 * The same mail with quoted lines of format=flowed text made fixed. RFC 3676 section 4.5 joins only lines of one quote depth; the parser joins
 * any, so "> question " would swallow the answer below it.
 */
export function withFixedQuotes(mail: Uint8Array): Uint8Array {
  const text = Buffer.from(mail.buffer, mail.byteOffset, mail.byteLength)
  if (!/format\s*=\s*"?flowed/i.test(text.toString('latin1'))) return mail
  const fixed = mapParts(text.toString('latin1'), (header, body) => {
    const isFlowed = /format\s*=\s*"?flowed/i.test(headerValue(header, 'content-type'))
    return [header, isFlowed ? fixQuotes(body) : body]
  })
  return Buffer.from(fixed, 'latin1')
}

/** Takes the space that means "goes on" from quoted lines and from the line above a quote; `=20` is that space in quoted-printable. */
function fixQuotes(body: string): string {
  const lines = body.split('\n')
  return lines
    .map((line, i) => {
      const isLast = depth(line) === 0 && depth(lines[i + 1] ?? '') === 0
      return isLast || /^-- ?\r?$/.test(line) ? line : line.replace(/(?: |=20)(\r?)$/, '$1')
    })
    .join('\n')
}

const depth = (line: string): number => /^>*/.exec(line)?.[0].length ?? 0
