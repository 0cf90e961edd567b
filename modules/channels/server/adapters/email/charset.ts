import iconv from 'iconv-lite'
import { asBase64, charsetParameter, decodeTransfer, headerValue, mapParts, setHeader } from './mime-parts.ts'

/**
 * The same mail with labels that tell the truth, as far as the bytes show it: charsets that are missing, wrong or unknown to the
 * parser are corrected in the Content-Type of each text part and in encoded words; raw 8-bit headers become UTF-8 (RFC 6532).
 * Never throws; bytes that are already right come back as they were.
 */
export function withTrueCharsets(mail: Uint8Array): Uint8Array {
  const fixed = mapParts(Buffer.from(mail.buffer, mail.byteOffset, mail.byteLength).toString('latin1'), fixPart)
  return Buffer.from(fixed, 'latin1')
}

function fixPart(header: string, body: string): [header: string, body: string] {
  if (header.length > MAX_HEADER) return [header, body]
  const type = headerValue(header, 'content-type')
  const label = charsetParameter(type)
  const fixedHeader = fixRawBytes(fixEncodedWords(header), label)
  const isText = type === '' || /^\s*(text\/|application\/ics)/i.test(type)
  if (!isText) return [fixedHeader, body]

  const bytes = decodeTransfer(body.slice(0, SAMPLE_BYTES), headerValue(header, 'content-transfer-encoding'))
  const hint = label || (/^\s*text\/html/i.test(type) ? metaCharset(bytes) : '')
  const charset = trueCharset(bytes, hint)
  if (charset !== '' && !isDecodable(charset) && iconv.encodingExists(charset))
    return transcode(fixedHeader, body, charset)
  if (charset === label || charset === '') return [fixedHeader, body]
  return [setHeader(fixedHeader, 'Content-Type', withCharset(type, charset)), body]
}

/** Longer headers are no mail of anybody. Bytes. */
const MAX_HEADER = 512 * 1024

/** Enough text to tell a charset by; a whole attachment of text need not be read for it. */
const SAMPLE_BYTES = 64 * 1024

function transcode(header: string, body: string, charset: string): [string, string] {
  const text = iconv.decode(decodeTransfer(body, headerValue(header, 'content-transfer-encoding')), charset)
  const labelled = setHeader(header, 'Content-Type', withCharset(headerValue(header, 'content-type'), 'utf-8'))
  return asBase64(labelled, Buffer.from(text, 'utf8'))
}

function withCharset(contentType: string, charset: string): string {
  const bare = contentType.replace(/;\s*charset\s*=\s*("[^"]*"|[^;\s]*)/gi, '').trim()
  return `${bare || 'text/plain'}; charset=${charset}`
}

function metaCharset(html: Uint8Array): string {
  const head = Buffer.from(html.subarray(0, 4096)).toString('latin1')
  return /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,40})/i.exec(head)?.[1]?.toLowerCase() ?? ''
}

/** Neighbouring words of one charset are judged together: senders split them in the middle of a letter. */
function fixEncodedWords(header: string): string {
  const neighbours =
    /=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([bq])\?[^?]*\?=(?:\s{1,8}=\?\1(?:\*[^?\s]{0,20})?\?\2\?[^?]*\?=)*/gi
  return header.replace(neighbours, (words: string, label: string, encoding: string) => {
    const contents = [...words.matchAll(/=\?[^?\s]+\?[bq]\?([^?]*)\?=/gi)].map((match) => match[1] ?? '')
    const chunks = contents.map((content) =>
      encoding.toLowerCase() === 'b'
        ? Buffer.from(content, 'base64')
        : decodeTransfer(content.replaceAll('_', ' '), 'quoted-printable'),
    )
    const bytes = Buffer.concat(chunks)
    const charset = trueCharset(bytes, label.toLowerCase())
    const isRight = charset === label.toLowerCase() || charset === ''
    if (isRight && chunks.length === 1) return words
    if (isDecodable(charset)) return `=?${charset}?B?${bytes.toString('base64')}?=`
    if (!iconv.encodingExists(charset)) return words
    return `=?utf-8?B?${Buffer.from(iconv.decode(bytes, charset), 'utf8').toString('base64')}?=`
  })
}

function fixRawBytes(header: string, bodyCharset: string): string {
  const eightBit = header.split('\n').filter((line) => /[\x80-\xff]/.test(line))
  if (eightBit.length === 0) return header
  const bytes = Buffer.from(eightBit.join('\n'), 'latin1')
  const charset = trueCharset(bytes, bodyCharset)
  if (charset === 'utf-8' || !isDecodable(charset)) return header
  const decoder = new TextDecoder(charset)
  const recode = (line: string) => Buffer.from(decoder.decode(Buffer.from(line, 'latin1')), 'utf8').toString('latin1')
  return header
    .split('\n')
    .map((line) => (/[\x80-\xff]/.test(line) && !isUtf8(Buffer.from(line, 'latin1')) ? recode(line) : line))
    .join('\n')
}

/**
 * The charset these bytes are in: `label` while the bytes allow it, else the best guess among UTF-8, the five Cyrillic sets and
 * windows-1252. The label comes back unchanged for plain ASCII.
 */
export function trueCharset(bytes: Uint8Array, label: string): string {
  if (!bytes.some((byte) => byte >= 0x80)) return label
  const name = label.toLowerCase()
  if (EAST_ASIAN.test(name) && isDecodable(name)) return label
  if (isUtf8(bytes)) return 'utf-8'
  if (isDecodable(name) && !WESTERN.test(name) && !CYRILLIC_LABEL.test(name) && !UTF8_LABEL.test(name)) return label
  if (name !== '' && !isDecodable(name) && iconv.encodingExists(name)) return label

  if (!hasForeignWords(bytes)) return isDecodable(name) && !UTF8_LABEL.test(name) ? label : 'windows-1252'
  const named = CYRILLIC_LABEL.test(name) && isDecodable(name)
  const [best] = CYRILLIC.map((charset) => ({ charset, score: russianScore(bytes, charset) })).sort(
    (a, b) => b.score - a.score,
  )
  if (!best) return label
  // A label is believed unless the text under it is clearly worse Russian: other Cyrillic languages score lower everywhere.
  if (
    named &&
    (bytes.filter((byte) => byte >= 0x80).length < ENOUGH_LETTERS || best.score - russianScore(bytes, name) < 0.25)
  )
    return label
  if (best.score <= 0) return isDecodable(name) && !UTF8_LABEL.test(name) ? label : 'windows-1252'
  return best.charset
}

/** A word or two can look like better Russian in the wrong charset. */
const ENOUGH_LETTERS = 16

const EAST_ASIAN = /^(gb|hz|big5|euc-|iso-2022|shift|sjis|ks_c|cp9[345]\d|windows-(31j|9[345]\d)|x-sjis|ms_kanji)/
const WESTERN = /^(us-?ascii|ascii|ansi|iso-?8859-?(1|15)$|iso_8859-1$|latin1|l1|windows-?1252|cp-?1252|8bit|x-unknown)/
const CYRILLIC_LABEL = /koi8|1251|866|8859-?5|cyrillic/
const UTF8_LABEL = /^(x-)?(unicode-1-1-)?utf-?8/
const CYRILLIC = ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5', 'x-mac-cyrillic']

function isDecodable(label: string): boolean {
  if (label === '') return false
  try {
    new TextDecoder(label)
    return true
  } catch {
    return false // RangeError is how TextDecoder says that it does not know the label
  }
}

/** Valid UTF-8, or text that a careless program cut in the middle of a letter a few times. */
function isUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes)
  let broken = 0
  let whole = 0
  for (const char of text) {
    if (char === '\ufffd') broken++
    else if (char >= '\x80') whole++
  }
  return broken === 0 || whole / broken > 10
}

/** Western text has single accented letters among ASCII ones; text of another script has whole words above 0x7f. */
function hasForeignWords(bytes: Uint8Array): boolean {
  let high = 0
  let inRuns = 0
  for (let i = 0; i < bytes.length; i++) {
    if ((bytes[i] ?? 0) < 0x80) continue
    high++
    if ((bytes[i - 1] ?? 0) >= 0x80 || (bytes[i + 1] ?? 0) >= 0x80) inRuns++
  }
  return inRuns / high > 0.5
}

/** Russian letters from the most to the least frequent (Russian National Corpus). */
const BY_FREQUENCY = 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё'

/** About 0.5 for Russian read in its charset, below 0.2 for the same bytes read in another. */
function russianScore(bytes: Uint8Array, charset: string): number {
  const text = new TextDecoder(charset).decode(bytes.subarray(0, 8192))
  let score = 0
  let counted = 0
  let previous = ''
  for (const char of text) {
    if (char >= '\x80') {
      counted++
      const lower = char.toLowerCase()
      const rank = BY_FREQUENCY.indexOf(lower)
      const inWord = previous >= '\x80' && previous === previous.toLowerCase() && previous !== previous.toUpperCase()
      if (rank >= 0) score += (16 - rank) / 16 - (char !== lower && inWord ? 1 : 0)
      else if (!/[\p{L}«»—–…№„“”’\u00a0]/u.test(char)) score -= 1
    }
    previous = char
  }
  return counted === 0 ? 0 : score / counted
}
