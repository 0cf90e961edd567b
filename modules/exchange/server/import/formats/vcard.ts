import type { Encoding } from '../../../contract/index.ts'
import type { Named } from './json.ts'
import { limits, unreadable } from './limits.ts'

/**
 * Cards of vCard 2.1, 3.0 and 4.0, one after another. Properties are named as people would: `Phone 1`, `E-mail 2`. Pictures and
 * keys are left out. @throws Problem `exchange.row_too_long`
 */
export async function* readVcards(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<Named> {
  let card: Property[] | undefined
  for await (const line of logicalLines(bytes, encoding)) {
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
async function* logicalLines(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  let line = ''
  for await (const next of physicalLines(bytes, encoding)) {
    const isFolded = /^[ \t]/.test(next)
    const isSoft = line.endsWith('=') && /quoted-printable/i.test(line)
    // Asked first: behind a soft end a space is a part of the text.
    if (isSoft) line = line.slice(0, -1) + next
    else if (isFolded) line += next.slice(1)
    else {
      if (line !== '') yield line
      line = next
    }
    if (line.length > limits.row) throw unreadable('row_too_long', 'A line of a card does not end.', { row: 0 })
  }
  if (line !== '') yield line
}

async function* physicalLines(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  let rest = ''
  for await (const piece of bytes) {
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
  NOTE: 'Notes',
  UID: 'UID',
  CATEGORIES: 'Categories',
}
/** Properties of which a card may have several. */
const NUMBERED: Readonly<Record<string, string>> = { TEL: 'Phone', EMAIL: 'E-mail', URL: 'URL' }

const BIRTHDAY = 'Birthday'

/** `19850415` as `1985-04-15`. Telephones of Apple write a year of their own where nobody gave one, and say which. */
function birthdayOf(value: string, params: readonly string[]): string {
  const date = value.replace(/^(\d{4})(\d{2})(\d{2})(?:T.*)?$/, '$1-$2-$3')
  const madeUp = params
    .map((param) => /^X-APPLE-OMIT-YEAR=(\d{4})$/i.exec(param)?.[1])
    .find((year) => year !== undefined)
  return madeUp !== undefined && date.startsWith(`${madeUp}-`) ? `--${date.slice(5)}` : date
}

function named(properties: readonly Property[]): Named {
  const card: Record<string, string> = {}
  const counts = new Map<string, number>()
  const number = (title: string) => {
    const count = (counts.get(title) ?? 0) + 1
    counts.set(title, count)
    return `${title} ${count}`
  }
  for (const { name, params, value } of properties) {
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
    else if (name === 'BDAY') card[BIRTHDAY] ??= birthdayOf(unescaped(value), params)
    else if (single) card[single] ??= unescaped(value)
  }
  return card
}
