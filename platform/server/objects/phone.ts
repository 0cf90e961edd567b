import { parsePhoneNumberFromString } from 'libphonenumber-js'

/** Numbers without a country are of this one: the product's first market. */
const DEFAULT_COUNTRY = 'RU'

/** A phone number as it is stored and compared: `+79161234567`. Null when it is none. */
export function normalisePhone(given: string): string | null {
  const phone = parsePhoneNumberFromString(given, DEFAULT_COUNTRY)
  return phone?.isPossible() ? phone.number : null
}
