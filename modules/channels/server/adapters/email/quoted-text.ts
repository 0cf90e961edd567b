import { htmlToText, QUOTE_MARK, SIGNATURE_MARK } from './html-text.ts'
import {
  ATTRIBUTION_START,
  HEADER_ANY,
  HEADER_FROM,
  ORIGINAL_MESSAGE,
  WROTE,
  WROTE_NAME,
  YOU_WROTE,
} from './quote-phrases.ts'
import { signatureStart } from './signature.ts'

/** What a person wrote this time, and the rest: quoted talk and signature. */
export interface Split {
  readonly text: string
  readonly quoted?: string
}

/** Characters that are looked at; a longer mail is rare, and what lies beyond is quoted talk nearly always. */
const MAX_TEXT = 200_000
/** Longer lines are never an attribution, a header or a signature mark. */
const MAX_MARK_LINE = 400

/** Splits the HTML of a mail; see `splitReply`. */
export const splitHtmlReply = (html: string): Split => splitReply(htmlToText(html))

/**
 * Splits a reply in any of about thirty languages from quoted talk and signature. `text` is never empty when the mail had any text:
 * a bare forward, or a mail of nothing but quotes, comes back whole.
 */
export function splitReply(mail: string): Split {
  const all = mail.slice(0, MAX_TEXT).replace(/\r\n?/g, '\n').replaceAll('\u2028', '\n').replaceAll('\u200b', '')
  const lines = withoutBlankRuns(all.split('\n'))
  const whole = clean(lines)

  const cut = quoteStart(lines)
  const before = lines.slice(0, cut)
  const after = answersBelow(lines.slice(cut))
  const own = hasText(after) ? [...before, '', ...after] : before
  const unquoted = withoutQuotes(own)
  const signature = signatureStart(unquoted)
  const text = clean(unquoted.slice(0, signature))
  if (text === '') {
    const kept = clean(unquoted)
    return kept === '' ? { text: whole } : rest(kept, lines, kept)
  }
  return rest(text, lines, text)
}

function rest(text: string, lines: string[], own: string): Split {
  const whole = clean(lines)
  if (whole === own) return { text }
  // Interleaved answers cannot be told from what they answer without the whole.
  return {
    text,
    quoted: whole.startsWith(own)
      ? whole
          .slice(own.length)
          .replace(/^\s*\n/, '')
          .trimEnd()
      : whole,
  }
}

const clean = (lines: readonly string[]): string =>
  lines
    .filter((line) => line !== QUOTE_MARK && line !== SIGNATURE_MARK)
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd()

const hasText = (lines: readonly string[]): boolean => lines.some((line) => /[\p{L}\p{N}\p{S}]/u.test(line))
/** `> `, or with the initials of the writer, `ИП> `, as The Bat! does. */
const isQuoted = (line: string): boolean => /^\s{0,3}(?:\p{Lu}{0,3}>|&gt;)/u.test(line)
/** Marks of writing direction that stand around names in Hebrew and Arabic. */
const withoutDirection = (line: string): string => line.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')

/** Index of the first line of the quoted talk; the number of lines when there is none. */
function quoteStart(lines: readonly string[]): number {
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? ''
    if (line === QUOTE_MARK && (hasText(lines.slice(0, i)) || !lines.slice(i).some(isQuoted))) return i
    if (line.trim() === '' || line.length > MAX_MARK_LINE) continue
    if (isDelimiter(lines, i) || attributionLength(lines, i) > 0 || isHeaderBlock(lines, i)) return i
  }
  return lines.length
}

/** `-----Original Message-----`; a row of underscores or dashes right above a header block; dashes around any words above one. */
function isDelimiter(lines: readonly string[], at: number): boolean {
  const line = (lines[at] ?? '').trim()
  const inner = /^[-–—_=*#~>\s]{2,}(.{3,100}?)[-–—_=*#~<:\s]*$/u.exec(line)?.[1]?.trim() ?? line.replace(/:$/, '')
  const fenced = /^[-–—_=*#~]{2,}/.test(line) || /^(?:begin|начало|anfang|début|inizio)/iu.test(line)
  if (fenced && ORIGINAL_MESSAGE.test(inner)) return true
  const isRule = /^[-–—_=*]{4,}$/.test(line)
  if (!isRule && !(fenced && inner !== line)) return false
  const next = nextText(lines, at + 1)
  return next < at + 4 && isHeaderBlock(lines, next)
}

/** At most two blank lines in a row, so that looking for the next text never goes far. */
const withoutBlankRuns = (lines: readonly string[]): string[] =>
  lines.filter((line, i) => line.trim() !== '' || lines[i - 1]?.trim() !== '' || lines[i - 2]?.trim() !== '')

function nextText(lines: readonly string[], from: number): number {
  let at = from
  while (at < lines.length && (lines[at] ?? '').trim() === '') at++
  return at
}

/** From, Sent, To, Subject … in any language: at least three of them, or two whose first says from whom. */
function isHeaderBlock(lines: readonly string[], at: number): boolean {
  const first = lines[at] ?? ''
  if (!HEADER_ANY.test(first) || isQuoted(first)) return false
  let labels = 0
  let from = 0
  let evidence = 0
  let misses = 0
  for (let i = at; i < Math.min(lines.length, at + 14); i++) {
    const line = lines[i] ?? ''
    if (line.trim() === '') {
      if (++misses > 1) break
      continue
    }
    if (HEADER_ANY.test(line)) {
      labels++
      misses = 0
      if (HEADER_FROM.test(line)) from++
    } else if (!isContinuation(line)) break
    if (/\S@\S+\.\S|\b(?:19|20)\d\d\b|\d{1,2}[:.h]\d\d/.test(line)) evidence++
  }
  return evidence > 0 && from > 0 && labels >= (HEADER_FROM.test(first) ? 2 : 3)
}

/** A wrapped address or a list of them. */
const isContinuation = (line: string): boolean => /^\s*[<"']?\S*@\S+|^\s+\S/.test(line) && line.length < 200

/**
 * Number of lines of an attribution such as "On 5 May 2024 at 10:12, Jan wrote:" that starts here, 0 when none does. It has a date or an
 * address and ends with a verb and a colon, or, in any language, with a date, an address and a colon.
 */
function attributionLength(lines: readonly string[], at: number): number {
  let joined = ''
  const first = (lines[at] ?? '').trim()
  if (/^[-•*]\s/.test(first) || (isQuoted(first) && !/^\s*(?:>|&gt;)\s*\S/.test(first))) return 0
  for (let count = 1; count <= 5 && at + count <= lines.length; count++) {
    const line = (lines[at + count - 1] ?? '').trim()
    const closesAddress = joined.lastIndexOf('<') > joined.lastIndexOf('>')
    if (line === '' || (count > 1 && isQuoted(line) && !isQuoted(first) && !closesAddress)) return 0
    joined = `${joined} ${closesAddress ? line : line.replace(/^(?:>|&gt;)\s*/, '')}`.trim()
    if (joined.length > MAX_MARK_LINE) return 0
    if (isAttribution(joined, nextAfter(lines, at + count))) return startsEarlier(lines, at, count) ? count : 0
  }
  return 0
}

/** False when the lines from `at` are talk that only runs into the attribution below them. */
function startsEarlier(lines: readonly string[], at: number, count: number): boolean {
  if (count === 1) return true
  const first = (lines[at] ?? '').trim()
  if (!/\d/.test(first) && !ATTRIBUTION_START.test(`${first} `) && !/\S@\S/.test(first)) return false
  if (isDate(first)) return true
  return !lines.slice(at + 1, at + count).some((line) => isDate(line))
}

const isDate = (text: string): boolean => YEAR.test(text) || TIME.test(text)
const TIME = /\d{1,2}\s?[:.h時点]\s?\d{2}/
const YEAR = /\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|(?:19|20)\d\d年/

const nextAfter = (lines: readonly string[], from: number): string => lines[nextText(lines, from)] ?? ''

function isAttribution(line: string, next: string): boolean {
  const text = withoutDirection(line)
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replace(/^[-–—*\s]+|[-–—*\s]+$/g, '')
  const hasAddress = /[<([]?\s*(?:mailto:)?[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+/.test(text)
  const hasDay = /\b\d{1,2}\b/.test(text)
  const isDated = YEAR.test(text) || (TIME.test(text) && hasDay)
  if (/https?:\/\/\S*$/.test(text) && !hasAddress) return false
  if (hasAddress && isDated && /[:：]$/.test(text) && text.length < 300 && !/[:：]\s.*[.!?]\s/.test(text)) return true
  if (isDated && YOU_WROTE.test(text)) return true
  if (WROTE.test(text)) {
    if (hasAddress && (hasDay || /:$/.test(text)) && text.length < 300) return true
    if (isDated && (ATTRIBUTION_START.test(text) || /^[("[]?\p{L}{0,12}[.,]?\s?\d|^\d/u.test(text) || isQuoted(next)))
      return true
    // No date at all, but the quote itself follows.
    return isQuoted(next) && /[:：]$/.test(text)
  }
  return WROTE_NAME.test(text) && isDated
}

/** Lines that the person wrote below or between quoted ones, when the quote is marked line by line; none otherwise. */
function answersBelow(quoted: readonly string[]): string[] {
  const firstMarked = quoted.findIndex(isQuoted)
  if (firstMarked < 0 || firstMarked > 6) return []
  const unmarked = quoted.slice(firstMarked).filter((line) => !isQuoted(line) && line !== QUOTE_MARK)
  // Programs that wrap quoted lines leave their ends without a mark: a lone short piece between marked lines is no answer.
  const answer = quoted.slice(firstMarked).filter((line, i, all) => {
    if (isQuoted(line) || line === QUOTE_MARK) return false
    const wrapped = isQuoted(all[i - 1] ?? '') && isQuoted(all[i + 1] ?? '')
    return line.trim() === '' || !wrapped
  })
  if (!hasText(unmarked)) return []
  const nested = quoteStart(answer)
  const own = answer.slice(0, nested)
  return own.slice(0, signatureStart(own))
}

/** Drops marked lines and the attributions right above them, wherever they are. */
function withoutQuotes(lines: readonly string[]): string[] {
  if (!lines.some(isQuoted)) return [...lines]
  const kept = lines.filter((line) => !isQuoted(line))
  return hasText(kept) ? kept : [...lines]
}
