import { createHash } from 'node:crypto'
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { readExternalId } from '../contract/external-ids.ts'
import { type IdentityKey, withoutControls } from './identity.ts'

export interface NameParts {
  readonly firstName?: string | null | undefined
  readonly lastName?: string | null | undefined
  readonly middleName?: string | null | undefined
}

const MAX_NAME = 300

/** One line, visible characters, at most 300 characters. Null when nothing is left. */
export function cleanName(text: string | null | undefined): string | null {
  if (!text) return null
  // Spaces first, as tabs are controls too; and again after what stood between two of them is gone.
  const line = withoutControls(text.toWellFormed().replace(/\s+/g, ' ')).normalize('NFC').replace(/\s+/g, ' ').trim()
  return line.slice(0, MAX_NAME).toWellFormed().trim() || null
}

/** As people speak of each other: first and last name; the middle name stands in for a missing last name. */
export function nameOfParts({ firstName, lastName, middleName }: NameParts): string | null {
  const [first, last, middle] = [cleanName(firstName), cleanName(lastName), cleanName(middleName)]
  return cleanName([first, last ?? middle].filter(Boolean).join(' '))
}

const UNNAMED = {
  ru: { visitor: 'Посетитель сайта', nobody: 'Без имени' },
  en: { visitor: 'Site visitor', nobody: 'No name' },
}
const SHORT_CODE_LENGTH = 4

/** A readable name for somebody who gave none: `ivan.petrov`, `+7 912 345 67 89`, `Посетитель сайта 4F2A`. Never empty. */
export function standInName(keys: readonly IdentityKey[], locale: 'ru' | 'en'): string {
  const known = (kind: IdentityKey['kind']) => keys.find((key) => key.kind === kind)?.value
  const email = known('email')?.split('@')[0]
  const phone = known('phone')
  const visitor = known('visitor')
  const visitorName = visitor ? `${UNNAMED[locale].visitor} ${shortCode(visitor)}` : null
  const other = known('channel') ?? readExternalId(known('external') ?? '').number
  const phoneName = phone ? (parsePhoneNumberFromString(phone)?.formatInternational() ?? phone) : null
  return cleanName(email) ?? phoneName ?? visitorName ?? cleanName(other?.replace(/@.*$/, '')) ?? UNNAMED[locale].nobody
}

/** Tells visitors apart on a screen; says nothing about the token it is made from. */
const shortCode = (value: string) =>
  createHash('sha256').update(value).digest('hex').slice(0, SHORT_CODE_LENGTH).toUpperCase()
