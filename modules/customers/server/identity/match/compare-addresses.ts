import { isSlip, mistakes } from './edits.ts'
import { skeleton } from './letters.ts'
import type { Email, Phone, Prepared } from './prepare.ts'
import { type Address, PHONE_TAIL } from './profile.ts'

export type PhoneLevel = 'exact' | 'tail' | 'typo' | 'different'
export type EmailLevel = 'exact' | 'box' | 'local' | 'typo' | 'different'
/** The box is called like its owner: `mark.ivanov@…` of two Mark Ivanovs. Says no more than the name did. */
const NAMESAKE = 'namesake'
export type IdLevel = 'exact' | 'typo' | 'different'

/** A level and whether both sides' values can be believed. */
export interface Agreement<Level> {
  readonly level: Level
  readonly trusted: boolean
}

/** The best pair of values that nobody else uses; null when one side has none. */
function best<Level, Value extends Address>(
  a: readonly Value[],
  b: readonly Value[],
  order: readonly Level[],
  judge: (a: Value, b: Value) => Level,
): Agreement<Level> | null {
  let found: Agreement<Level> | null = null
  for (const one of a) {
    for (const other of b) {
      if (one.shared || other.shared) continue
      const next = { level: judge(one, other), trusted: one.trusted && other.trusted }
      const better = found ? order.indexOf(found.level) - order.indexOf(next.level) : 1
      if (better > 0 || (better === 0 && next.trusted)) found = next
    }
  }
  return found
}

export const comparePhones = (a: Prepared, b: Prepared) =>
  best<PhoneLevel, Phone>(a.phones, b.phones, ['exact', 'tail', 'typo', 'different'], (one, other) => {
    if (one.digits === other.digits) return 'exact'
    const [x, y] = [one.digits.slice(-PHONE_TAIL), other.digits.slice(-PHONE_TAIL)]
    // Written with and without its area.
    const isShort = one.digits.length <= PHONE_TAIL + 1 || other.digits.length <= PHONE_TAIL + 1
    if (x === y) return isShort ? 'exact' : 'tail'
    if (one.digits.length !== other.digits.length) return 'different'
    return mistakes(one.digits, other.digits, 1) === 1 ? 'typo' : 'different'
  })

/** Mailboxes of one house that are counted through, `operator1@firma.ru` and `operator2@firma.ru`: who has one has not mistyped the other. */
const areNumbered = (one: string, other: string): boolean =>
  /\d/.test(one) && /\d/.test(other) && one.replaceAll(/\d+/g, '#') === other.replaceAll(/\d+/g, '#')

const MIN_LOCAL = 5

const isOfRole = (email: Email) => email.isOfRole

export const compareEmails = (a: Prepared, b: Prepared) => {
  const own = (emails: readonly Email[]) =>
    emails.some(isOfRole) ? emails.filter((email) => !isOfRole(email)) : emails
  const order = ['exact', 'box', 'local', 'typo', NAMESAKE, 'different'] as const
  const found = best<EmailLevel | typeof NAMESAKE, Email>(own(a.emails), own(b.emails), order, (one, other) => {
    if (one.value === other.value) return 'exact'
    if (one.box === other.box) return 'box'
    if (areNumbered(one.box, other.box)) return 'different'
    if (one.letters === other.letters && one.letters.length >= MIN_LOCAL) return isNamesake(one, a) ? NAMESAKE : 'local'
    return isSlip(one.box, other.box) && mistakes(one.box, other.box, 1) === 1 ? 'typo' : 'different'
  })
  return found && found.level !== NAMESAKE ? { level: found.level, trusted: found.trusted } : null
}

const isNamesake = ({ letters }: Email, { surname, given }: Prepared): boolean =>
  !/\d{2}/.test(letters) &&
  [surname, given].some((word) => word !== null && word.sound.length > 2 && skeleton(letters).includes(word.sound))

const MIN_ID = 5

export const compareIds = (a: Prepared, b: Prepared) =>
  best<IdLevel, Address>(a.ids, b.ids, ['exact', 'typo', 'different'], (one, other) => {
    if (one.value === other.value) return 'exact'
    return one.value.length >= MIN_ID && mistakes(one.value, other.value, 1) === 1 ? 'typo' : 'different'
  })
