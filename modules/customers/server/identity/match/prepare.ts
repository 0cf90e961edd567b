import { fullNames } from './given-names.ts'
import { fold, skeleton } from './letters.ts'
import { isRoleMailbox, localLetters, mailbox } from './mailbox.ts'
import { type Address, addressWords, companyWords, type Profile, phoneDigits } from './profile.ts'

export interface Word {
  readonly text: string
  readonly sound: string
}
export interface Given extends Word {
  readonly full: readonly string[]
}
export interface Phone extends Address {
  readonly digits: string
}
export interface Email extends Address {
  readonly box: string
  readonly letters: string
  /** It stands for the company, not for a human. */
  readonly isOfRole: boolean
}

/** A profile with everything worked out that comparing it many times needs. */
export interface Prepared {
  readonly given: Given | null
  readonly surname: Word | null
  readonly patronymic: Word | null
  readonly phones: readonly Phone[]
  readonly emails: readonly Email[]
  readonly ids: readonly Address[]
  readonly birthday: string | null
  readonly address: readonly string[]
  readonly city: string | null
  readonly postcode: string | null
  readonly companies: readonly (readonly string[])[]
}

export function prepare(profile: Profile): Prepared {
  const { given, surname, patronymic } = profile
  return {
    given: given === null ? null : asGiven(given),
    surname: surname === null ? null : asWord(surname),
    patronymic: patronymic === null ? null : asWord(patronymic),
    phones: profile.phones.map((phone) => ({ ...phone, digits: phoneDigits(phone.value) })),
    emails: profile.emails.map((email) => ({
      ...email,
      box: mailbox(email.value),
      letters: localLetters(email.value),
      isOfRole: isRoleMailbox(email.value),
    })),
    ids: profile.ids,
    birthday: profile.birthday,
    address: profile.address === null ? [] : addressWords(profile.address),
    city: profile.city === null ? null : skeleton(fold(profile.city)) || null,
    postcode: profile.postcode === null ? null : profile.postcode.replace(/\s/g, '') || null,
    companies: profile.companies.map(companyWords).filter((words) => words.length > 0),
  }
}

const asWord = (text: string): Word => ({ text, sound: skeleton(text) })
const asGiven = (text: string): Given => ({ ...asWord(text), full: fullNames(text) })
