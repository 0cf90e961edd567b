import { fold, skeleton } from './letters.ts'
import type { PersonWords } from './person-words.ts'

/** A phone, e-mail or id of a card. */
export interface Address {
  readonly value: string
  /** A channel vouches for it, or a colleague or an import wrote it. What strangers typed never joins cards by itself. */
  readonly trusted: boolean
  /** Several people use it: it says nothing about who it is. */
  readonly shared: boolean
}

/** What two cards are compared by. Names are folded words. */
export interface Profile extends PersonWords {
  readonly phones: readonly Address[]
  readonly emails: readonly Address[]
  readonly ids: readonly Address[]
  /** `YYYY-MM-DD`. */
  readonly birthday: string | null
  /** Street, house, flat, as written. */
  readonly address: string | null
  readonly city: string | null
  readonly postcode: string | null
  readonly companies: readonly string[]
}

export const EMPTY_PROFILE: Profile = {
  given: null,
  surname: null,
  patronymic: null,
  phones: [],
  emails: [],
  ids: [],
  birthday: null,
  address: null,
  city: null,
  postcode: null,
  companies: [],
}

/** Digits of a phone from the end, as many as a national number has without its area. */
export const PHONE_TAIL = 7
export const phoneDigits = (value: string): string => value.replace(/\D/g, '')
export const phoneTail = (value: string): string => phoneDigits(value).slice(-PHONE_TAIL)

/** Forms of a company that say nothing about which one it is. */
const LEGAL_FORMS = new Set(
  'ооо оао зао пао ао ип нко тоо чп гуп муп фгуп гк тд llc ltd limited inc incorporated corp corporation co company gmbh ag plc pty sa srl bv oy the and of'.split(
    ' ',
  ),
)
/** Words of a company's name that tell it from another, in one spelling. */
export const companyWords = (name: string): string[] =>
  fold(name)
    .split(' ')
    .filter((word) => word !== '' && !LEGAL_FORMS.has(word))
    .map(skeleton)

const STREET_WORDS = new Map(
  Object.entries({
    ул: '',
    улица: '',
    дом: '',
    д: '',
    кв: '',
    квартира: '',
    пр: '',
    проспект: '',
    просп: '',
    пер: '',
    переулок: '',
    корп: '',
    корпус: '',
    стр: '',
    строение: '',
    г: '',
    город: '',
    обл: '',
    область: '',
    оф: '',
    офис: '',
    наб: '',
    набережная: '',
    ш: '',
    шоссе: '',
    бул: '',
    бульвар: '',
    st: '',
    str: '',
    street: '',
    ave: '',
    av: '',
    avenue: '',
    rd: '',
    road: '',
    dr: '',
    drive: '',
    blvd: '',
    boulevard: '',
    ln: '',
    lane: '',
    ct: '',
    court: '',
    pl: '',
    place: '',
    cct: '',
    circuit: '',
    cres: '',
    crescent: '',
    cl: '',
    close: '',
    apt: '',
    flat: '',
    unit: '',
    suite: '',
    ste: '',
    north: 'n',
    south: 's',
    east: 'e',
    west: 'w',
    first: '1',
    second: '2',
    third: '3',
  }),
)
/** Words and numbers of an address that tell it from another, in one spelling. `51st` = `51`, `5а` = `5a`. */
export const addressWords = (line: string): string[] =>
  fold(line)
    .split(' ')
    .map((word) => STREET_WORDS.get(word) ?? word.replace(/^(\d+)(?:st|nd|rd|th|й|я|ой|ый)$/, '$1'))
    .filter((word) => word !== '')
    .map((word) => (/^\d/.test(word) ? word : skeleton(word)))
