import type { Custom } from '../tables.ts'
import { fold } from './match/letters.ts'
import { readName } from './match/person-words.ts'
import { type Address, EMPTY_PROFILE, type Profile } from './match/profile.ts'

/** A shown card as the database tells it. */
export interface CardFacts {
  readonly id: string
  readonly name: string
  readonly nameIsStandIn: boolean
  readonly firstName: string | null
  readonly lastName: string | null
  readonly middleName: string | null
  readonly city: string | null
  /** ISO 8601; without its year it tells nobody from another. */
  readonly birthday?: string | null
  readonly custom: Custom
  readonly identities: readonly {
    readonly kind: 'email' | 'phone' | 'external'
    readonly scope: string
    readonly value: string
    readonly proven: boolean
    readonly shared: boolean
    readonly sources: readonly string[]
  }[]
  readonly companies: readonly string[]
}

/** Keys under which companies keep what a card has no field of its own for. Lower case, without spaces, `_` and `-`. */
const KEYS = {
  birthday: ['birthday', 'birthdate', 'dateofbirth', 'деньрождения', 'датарождения', 'др'],
  address: ['address', 'street', 'адрес', 'адресдоставки', 'улица'],
  postcode: ['postcode', 'zip', 'postalcode', 'индекс'],
  company: ['company', 'organisation', 'organization', 'компания', 'организация'],
} as const

/** Who wrote an address down so that it can be believed without the channel's word. */
const TRUSTED_SOURCES = new Set(['operator', 'import'])
/** More of one kind say that the card is a bin, not a person. */
const MAX_ADDRESSES = 12

/** What a card is compared by. Names that were made from addresses are no names. */
export function profileOf(card: CardFacts): Profile {
  const addresses = (kind: CardFacts['identities'][number]['kind']): Address[] =>
    card.identities
      .filter((one) => one.kind === kind)
      .slice(0, MAX_ADDRESSES)
      .map(({ scope, value, proven, shared, sources }) => ({
        value: kind === 'external' ? `${scope} ${value}` : value,
        trusted: proven || sources.some((source) => TRUSTED_SOURCES.has(source)),
        shared,
      }))
  const company = own(card.custom, 'company')
  return {
    ...EMPTY_PROFILE,
    ...namesOf(card),
    phones: addresses('phone'),
    emails: addresses('email'),
    ids: addresses('external'),
    birthday: readDate(card.birthday ?? null) ?? readDate(own(card.custom, 'birthday')),
    address: own(card.custom, 'address'),
    city: card.city,
    postcode: own(card.custom, 'postcode'),
    companies: [...card.companies, ...(company ? [company] : [])],
  }
}

function namesOf({ name, nameIsStandIn, firstName, lastName, middleName }: CardFacts) {
  const read = nameIsStandIn ? { given: null, surname: null, patronymic: null } : readName(name)
  const word = (text: string | null) => (text === null ? null : fold(text) || null)
  return {
    given: word(firstName) ?? read.given,
    surname: word(lastName) ?? read.surname,
    patronymic: word(middleName) ?? read.patronymic,
  }
}

/** True when cards are compared in this field by what companies keep under that key. */
export const isComparedAs = (key: string, field: string): boolean => {
  const known: readonly string[] | undefined = (KEYS as Readonly<Record<string, readonly string[]>>)[field]
  return known?.includes(key.toLowerCase().replace(/[\s_-]/g, '')) ?? false
}

function own(custom: Custom, what: keyof typeof KEYS): string | null {
  for (const [key, value] of Object.entries(custom)) {
    if (isComparedAs(key, what) && (typeof value === 'string' || typeof value === 'number')) {
      return String(value).trim() || null
    }
  }
  return null
}

/** `1985-04-08`, `08.04.1985` and `8/4/1985`, day first, as `YYYY-MM-DD`; null for anything else. */
export function readDate(text: string | null): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:T.*)?$/.exec(text ?? '')
  const written = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text ?? '')
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : written ? [written[3], written[2], written[1]] : []
  return year && month && day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : null
}
