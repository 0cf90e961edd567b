import { parsePhoneNumberFromString } from 'libphonenumber-js'

/** Numbers without a country are of this one: the product's first market. */
const DEFAULT_COUNTRY = 'RU'

/** A Russian number in one of the ways in which nearly all are written; told here as the library would, at a hundredth of the time. */
const USUAL = /^(?:\+7|8)[ -]?\(?([3-9]\d\d)\)?[ -]?(\d{3})[ -]?(\d\d)[ -]?(\d\d)$/

/** A phone number as it is stored and compared: `+79161234567`. Null when it is none. */
export function normalisePhone(given: string): string | null {
  const usual = USUAL.exec(given)
  if (usual) return `+7${usual.slice(1).join('')}`
  const phone = parsePhoneNumberFromString(given, DEFAULT_COUNTRY)
  return phone?.isPossible() ? phone.number : null
}
