import type { Field } from './comparisons.ts'
import { phonetic } from './letters.ts'
import type { Prepared } from './prepare.ts'
import { phoneTail } from './profile.ts'

/**
 * Ways in which cards of one person find each other: two cards are compared when they have a key in common. Each rule forgives what
 * another one does not, so a mistake in one field hides nobody. `fixes` = fields that agree by the rule itself and teach nothing there.
 */
interface Rule {
  readonly fixes: readonly Field[]
  keys(card: Prepared): readonly (string | null)[]
}

const MIN_LOCAL = 5
const initial = (text: string | undefined) => text?.charAt(0) ?? ''
const join = (...parts: (string | null | undefined)[]): string | null => (parts.every(Boolean) ? parts.join('|') : null)
const surnameSound = ({ surname }: Prepared) => (surname ? phonetic(surname.text) : null)

/** Year with both day and month whichever way round. */
const looseDate = (birthday: string): string => {
  const [year, month = '', day = ''] = birthday.split('-')
  return [year, ...[month, day].toSorted()].join('')
}
/** The house and the first word of the street, or the street's own number. */
const house = ({ address }: Prepared): string | null => {
  const [number, streetNumber] = address.filter((word) => /^\d/.test(word))
  const street = address.find((word) => /^\p{L}{3}/u.test(word))
  return join(number, street ? phonetic(street) : streetNumber)
}

/** The place of a rule is part of its keys: add at the end, never more than sixteen. */
export const RULES: readonly Rule[] = [
  { fixes: ['phone'], keys: ({ phones }) => phones.map(({ value, shared }) => (shared ? null : phoneTail(value))) },
  { fixes: ['email'], keys: ({ emails }) => emails.map(({ box, shared }) => (shared ? null : box)) },
  {
    fixes: ['email'],
    keys: ({ emails }) =>
      emails.map(({ letters, isOfRole }) => (letters.length >= MIN_LOCAL && !isOfRole ? letters : null)),
  },
  { fixes: ['id'], keys: ({ ids }) => ids.map(({ value }) => value) },
  {
    fixes: ['surname', 'given'],
    keys: (card) => (card.given?.full ?? []).map((full) => join(surnameSound(card), initial(full))),
  },
  {
    // Both parts in one order, for those who swap them.
    fixes: ['surname', 'given'],
    keys: ({ given, surname }) => [
      given && surname ? [phonetic(given.text), phonetic(surname.text)].toSorted().join('|') : null,
    ],
  },
  {
    fixes: ['birthday', 'given'],
    keys: ({ given, birthday }) =>
      birthday && given ? given.full.map((full) => join(looseDate(birthday), initial(full))) : [],
  },
  {
    fixes: ['birthday', 'surname'],
    keys: (card) => [card.birthday ? join(looseDate(card.birthday), initial(surnameSound(card) ?? undefined)) : null],
  },
  {
    fixes: ['address'],
    keys: (card) => [
      join(house(card), card.surname || card.given ? initial(card.surname?.sound ?? card.given?.sound) : '-'),
    ],
  },
  { fixes: ['postcode', 'surname'], keys: (card) => [join(card.postcode, surnameSound(card))] },
  { fixes: ['postcode', 'given'], keys: (card) => [join(card.postcode, card.given?.full[0]?.slice(0, 4))] },
  {
    fixes: ['company', 'given'],
    keys: ({ companies, given }) => companies.map((words) => join(nameOf(words), given?.full[0])),
  },
  {
    fixes: ['company'],
    keys: ({ companies, given, surname }) => (given || surname ? [] : companies.map(nameOf)),
  },
  { fixes: ['birthday', 'city'], keys: ({ birthday, city }) => [join(birthday, city)] },
  {
    fixes: ['birthday', 'postcode'],
    keys: ({ birthday, postcode }) => [birthday ? join(looseDate(birthday), postcode) : null],
  },
  {
    fixes: ['given', 'patronymic'],
    keys: ({ given, patronymic, surname }) => [surname ? null : join(given?.full[0], patronymic?.sound)],
  },
]

const nameOf = (words: readonly string[]) => words.slice(0, 3).map(phonetic).toSorted().join(' ') || null

/** Number of the rule that made a key. */
export const ruleOf = (key: number): number => key % 16

/** Keys of a card: integers below 2^52, the rule in the last four bits. */
export function blockKeys(card: Prepared): number[] {
  const keys = new Set<number>()
  for (const [number, rule] of RULES.entries())
    for (const text of rule.keys(card)) if (text) keys.add(hash(text) * 16 + number)
  return [...keys]
}

/** 48 bits of a text (cyrb53 by bryc, public domain, cut): with ten million keys a clash is less likely than one in five. */
function hash(text: string): number {
  let [a, b] = [0xdeadbeef, 0x41c6ce57]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return (b & 0xffff) * 2 ** 32 + (a >>> 0)
}
