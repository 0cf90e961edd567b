import { withoutControls } from './identity.ts'
import { cleanName, nameOfParts } from './person-name.ts'
import type { Custom } from './tables.ts'

/** What a sender said about themselves, sorted into the fields of a card. Nothing of it is proven. */
export interface ClaimedFields {
  readonly name: string | null
  readonly firstName: string | null
  readonly lastName: string | null
  readonly middleName: string | null
  readonly city: string | null
  /** Every other field of the form, by its own key. */
  readonly custom: Custom
}

/** Fields that are identities: they are told as such and need no second place. */
const IDENTITIES = new Set(['email', 'phone'])
const OWN_FIELDS = new Set(['name', 'firstName', 'lastName', 'middleName', 'city'])
/** As the contract's `custom` allows. */
const MAX_KEY = 60
const MAX_VALUE = 10_000
const MAX_CITY = 200
const MAX_PART = 100

export function sortClaims(claims: Readonly<Record<string, string>> = {}): ClaimedFields {
  const part = (key: string) => cleanName(claims[key])?.slice(0, MAX_PART) ?? null
  const parts = { firstName: part('firstName'), lastName: part('lastName'), middleName: part('middleName') }
  return {
    ...parts,
    name: cleanName(claims.name) ?? nameOfParts(parts),
    city: cleanName(claims.city)?.slice(0, MAX_CITY) ?? null,
    custom: otherFields(claims),
  }
}

/** What may be kept about a card that exists: all that was claimed, none of it in the card's own fields. */
export function claimsAsCustom(claims: Readonly<Record<string, string>> = {}): Custom {
  const { name, city } = sortClaims(claims)
  return { ...otherFields(claims), ...(name ? { name } : {}), ...(city ? { city } : {}) }
}

const otherFields = (claims: Readonly<Record<string, string>>): Custom =>
  Object.fromEntries(
    Object.entries(claims)
      .filter(([key]) => !IDENTITIES.has(key) && !OWN_FIELDS.has(key))
      .map(([key, value]) => [
        withoutControls(key.toWellFormed()).slice(0, MAX_KEY).toWellFormed(),
        value.replaceAll('\0', '').trim().slice(0, MAX_VALUE).toWellFormed(),
      ])
      .filter(([key, value]) => key !== '' && value !== ''),
  )
