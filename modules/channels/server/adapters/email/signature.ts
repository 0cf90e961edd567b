import { SIGNATURE_MARK } from './html-text.ts'
import { SENT_FROM, SIGN_OFF } from './quote-phrases.ts'

/** A signature has at most this many lines of text; more under a closing phrase is talk. */
const MAX_SIGN_OFF_LINES = 12
const MAX_SIGNATURE_LINE = 100

/** Index of the first line of the signature; the number of lines when there is none. */
export function signatureStart(lines: readonly string[]): number {
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? ''
    if (line === SIGNATURE_MARK) return i
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.length > MAX_SIGNATURE_LINE) continue
    const below = lines.slice(i + 1).filter((other) => other.trim() !== '')
    if (/^(?:--|—|––|- -|\*--\*) ?$/.test(line.trimStart())) return i
    if (/^[—–―]{2,}$|^_{2,}$/.test(trimmed) && isShort(below)) return i
    if (isSentFrom(trimmed)) return i
    if (SIGN_OFF.test(trimmed) && isShort(below) && hasTextAbove(lines, i)) return i
    if (isDashedName(lines, i, below)) return i
  }
  return lines.length
}

const isShort = (lines: readonly string[]): boolean =>
  lines.length <= MAX_SIGN_OFF_LINES && lines.every((line) => line.trim().length <= MAX_SIGNATURE_LINE * 2)

const hasTextAbove = (lines: readonly string[], at: number): boolean =>
  lines.slice(0, at).some((line) => /[\p{L}\p{N}]/u.test(line))

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
function isDashedName(lines: readonly string[], at: number, below: readonly string[]): boolean {
  const line = (lines[at] ?? '').trim()
  if (!/^[-–—]\s?\p{Lu}[\p{L}.'’]*(?: \p{Lu}[\p{L}.'’]*){0,2}$/u.test(line) || !isShort(below)) return false
  const above = lines.slice(0, at).filter((other) => other.trim() !== '')
  if (above.length === 0 || below.some((other) => /^\s*[-–—•*]\s/.test(other))) return false
  return !/^\s*[-–—•*]\s?\S/.test(above.at(-1) ?? '')
}
