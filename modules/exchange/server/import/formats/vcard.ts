import { detectEncoding } from './encoding.ts'
import type { Named } from './json.ts'
import { limits, unreadable } from './limits.ts'

/**
 * Cards of vCard 2.1, 3.0 and 4.0, one after another. Properties are named as people would: `Phone 1`, `E-mail 2`. Pictures and
 * keys are left out. @throws Problem `exchange.row_too_long`
 */
export async function* readVcards(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Named> {
  let card: Property[] | undefined
  for await (const line of logicalLines(bytes)) {
    const property = propertyOf(line)
    if (property?.name === 'BEGIN') card = []
    else if (property?.name === 'END') {
      if (card) yield named(card)
      card = undefined
    } else if (property && card) card.push(property)
  }
}

interface Property {
  readonly name: string
  readonly params: readonly string[]
  readonly value: string
}

/** Folded lines are one: the next begins with a space, or (2.1) this one ends with `=` in quoted-printable. */
async function* logicalLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let line = ''
  for await (const next of physicalLines(bytes)) {
    const isFolded = /^[ \t]/.test(next)
    const isSoft = line.endsWith('=') && /quoted-printable/i.test(line)
    if (isFolded) line += next.slice(1)
    else if (isSoft) line = line.slice(0, -1) + next
    else {
      if (line !== '') yield line
      line = next
    }
    if (line.length > limits.row) throw unreadable('row_too_long', 'A line of a card does not end.', { row: 0 })
  }
  if (line !== '') yield line
}

async function* physicalLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined
  let rest = ''
  for await (const piece of bytes) {
    decoder ??= new TextDecoder(detectEncoding(piece))
    const lines = (rest + decoder.decode(piece, { stream: true })).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    yield* lines
  }
  yield rest
}

function propertyOf(line: string): Property | undefined {
  const found = /^(?:[\w-]+\.)?([\w-]+)((?:;(?:"[^"]*"|[^:;"])*)*):(.*)$/su.exec(line)
  if (!found) return undefined
  const [, name = '', given = '', raw = ''] = found
  const params = given.split(';').filter(Boolean)
  const charset = /charset=([\w-]+)/i.exec(given)?.[1] ?? 'utf-8'
  const value = /quoted-printable/i.test(given) ? fromQuotedPrintable(raw, charset) : raw
  return { name: name.toUpperCase(), params, value }
}

function fromQuotedPrintable(text: string, charset: string): string {
  const bytes = Buffer.from(
    text.replaceAll(/=([0-9A-F]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  )
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch (error) {
    if (error instanceof RangeError) return bytes.toString('utf8')
    throw error
  }
}

/** Parts between semicolons, with `\;`, `\,` and `\n` as they were meant. */
const parts = (value: string): string[] => value.split(/(?<!\\);/).map(unescaped)
const unescaped = (text: string): string =>
  text.replaceAll(/\\([\\;,nN:])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign)).trim()

/** Properties that hold one text, under the name that is shown. */
const SINGLE: Readonly<Record<string, string>> = {
  FN: 'Full name',
  TITLE: 'Title',
  NICKNAME: 'Nickname',
  BDAY: 'Birthday',
  NOTE: 'Notes',
  UID: 'UID',
  CATEGORIES: 'Categories',
}
/** Properties of which a card may have several. */
const NUMBERED: Readonly<Record<string, string>> = { TEL: 'Phone', EMAIL: 'E-mail', URL: 'URL' }

function named(properties: readonly Property[]): Named {
  const card: Record<string, string> = {}
  const counts = new Map<string, number>()
  const number = (title: string) => {
    const count = (counts.get(title) ?? 0) + 1
    counts.set(title, count)
    return `${title} ${count}`
  }
  for (const { name, value } of properties) {
    const single = SINGLE[name]
    const numbered = NUMBERED[name]
    if (name === 'N') {
      const [last = '', first = '', middle = ''] = parts(value)
      Object.assign(card, { 'Last name': last, 'First name': first, 'Middle name': middle })
    } else if (name === 'ORG') {
      const [organisation = '', department = ''] = parts(value)
      Object.assign(card, { Organization: organisation, Department: department })
    } else if (name === 'ADR') {
      const [, , street = '', city = '', region = '', postcode = '', country = ''] = parts(value)
      const title = number('Address')
      card[title] = [postcode, country, region, city, street].filter(Boolean).join(', ')
      card.City ??= city
    } else if (numbered) card[number(numbered)] = unescaped(value.replace(/^(tel|mailto):/i, ''))
    else if (single) card[single] ??= unescaped(value)
  }
  return card
}
