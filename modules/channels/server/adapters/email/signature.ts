import { SIGNATURE_MARK } from './html-text.ts'
import { SENT_FROM, SIGN_OFF } from './quote-phrases.ts'

/** A signature has at most this many lines of text; more under a closing phrase is talk. */
const MAX_SIGN_OFF_LINES = 12
const MAX_SIGNATURE_LINE = 100

/** Index of the first line of the signature; the number of lines when there is none. */
export function signatureStart(lines: readonly string[]): number {
  let hasTextAbove = false
  for (const [i, line] of lines.entries()) {
    if (line === SIGNATURE_MARK) return i
    const trimmed = line.trim()
    if (trimmed !== '' && trimmed.length <= MAX_SIGNATURE_LINE) {
      if (/^(?:--|—|––|- -|\*--\*)$/.test(trimmed)) return i
      if (/^[—–―]{2,}$|^_{2,}$/.test(trimmed) && isShort(lines, i + 1)) return i
      if (isSentFrom(trimmed)) return i
      if (hasTextAbove && SIGN_OFF.test(trimmed) && isShort(lines, i + 1)) return i
      if (isDashedName(lines, i)) return i
    }
    hasTextAbove ||= /[\p{L}\p{N}]/u.test(line)
  }
  return lines.length
}

/** True when little more than a name card follows. */
function isShort(lines: readonly string[], from: number): boolean {
  let count = 0
  for (let i = from; i < lines.length; i++) {
    const length = (lines[i] ?? '').trim().length
    if (length > MAX_SIGNATURE_LINE * 2) return false
    if (length > 0 && ++count > MAX_SIGN_OFF_LINES) return false
  }
  return true
}

/** "Sent from my iPhone", not "Sent from my desk, is much easier then my mobile phone." */
function isSentFrom(line: string): boolean {
  const bare = line
    .replace(/^[*_>«"([\s]+|[*_»")\]\s]+$/g, '')
    .replace(/[<([]?\s*https?:\/\/\S+\s*[>)\]]?/g, '')
    .trim()
  if (!SENT_FROM.test(bare)) return false
  return (
    bare.length <= 80 &&
    !/[,;]\s|[.!?]\s+\S|\S[.!?]$/.test(bare.replace(/\.(?=$)/, (dot) => (bare.split(' ').length <= 7 ? '' : dot)))
  )
}

/** "-Ivan Petrov" as the last line, and not the last point of a list. */
function isDashedName(lines: readonly string[], at: number): boolean {
  const line = (lines[at] ?? '').trim()
  if (!/^[-–—]\s?\p{Lu}[\p{L}.'’]*(?: \p{Lu}[\p{L}.'’]*){0,2}$/u.test(line) || !isShort(lines, at + 1)) return false
  let above = at - 1
  while (above >= 0 && (lines[above] ?? '').trim() === '') above--
  const isPoint = (other: string) => /^\s*[-–—•*]\s?\S/.test(other)
  return above >= 0 && !isPoint(lines[above] ?? '') && !lines.slice(at + 1, at + 40).some(isPoint)
}
