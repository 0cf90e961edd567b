import { isSlip } from './edits.ts'
import type { Given, Prepared, Word } from './prepare.ts'

export type SurnameLevel = 'exact' | 'spelling' | 'typo' | 'different'
export type GivenLevel = 'exact' | 'spelling' | 'typo' | 'initial' | 'different'

export interface NameLevels {
  readonly surname: SurnameLevel | null
  readonly given: GivenLevel | null
  readonly patronymic: GivenLevel | null
}

/** How the names agree, straight or with given name and surname swapped, whichever agrees better. Null = one of the two does not say. */
export function compareNames(a: Prepared, b: Prepared): NameLevels {
  const patronymic = a.patronymic && b.patronymic ? compareWords(a.patronymic, b.patronymic) : null
  const straight = {
    surname: a.surname && b.surname ? compareSurnames(a.surname, b.surname) : null,
    given: a.given && b.given ? compareGiven(a.given, b.given) : null,
  }
  if (isAgreement(straight.surname) || isAgreement(straight.given)) return { ...straight, patronymic }
  return { ...(compareSwapped(a, b) ?? straight), patronymic }
}

const isAgreement = (level: string | null) => level !== null && level !== 'different'

/** Given name against surname, both ways. Swapped parts agree a little less than straight ones: never better than another spelling. */
function compareSwapped(a: Prepared, b: Prepared): Pick<NameLevels, 'surname' | 'given'> | null {
  const one = a.surname && b.given ? compareSurnames(a.surname, b.given) : null
  const other = a.given && b.surname ? compareSurnames(a.given, b.surname) : null
  const found = [one, other].filter((level) => level !== null)
  if (found.length === 0 || found.includes('different')) return null
  const level = found.includes('typo') ? 'typo' : 'spelling'
  return { surname: level, given: found.length === 2 ? level : null }
}

function compareSurnames(a: Word, b: Word): SurnameLevel {
  if (a.text === b.text) return 'exact'
  if (a.sound === b.sound) return 'spelling'
  // Петров and Петрова are as a rule two of one family.
  if (isGenderPair(a.sound, b.sound)) return 'different'
  return isSlip(a.text, b.text) || isSlip(a.sound, b.sound) ? 'typo' : 'different'
}

function compareGiven(a: Given, b: Given): GivenLevel {
  if (a.text === b.text) return 'exact'
  if (a.sound === b.sound || a.full.some((name) => b.full.includes(name))) return 'spelling'
  if (a.text.length === 1 || b.text.length === 1) return isInitial(a, b) ? 'initial' : 'different'
  if (isGenderPair(a.sound, b.sound)) return 'different'
  return isSlip(a.text, b.text) || isSlip(a.sound, b.sound) ? 'typo' : 'different'
}

function compareWords(a: Word, b: Word): GivenLevel {
  if (a.text === b.text) return 'exact'
  if (a.sound === b.sound) return 'spelling'
  if (a.text.length === 1 || b.text.length === 1) return isInitial(a, b) ? 'initial' : 'different'
  return isSlip(a.text, b.text) || isSlip(a.sound, b.sound) ? 'typo' : 'different'
}

const isInitial = (a: Word, b: Word) => a.text[0] === b.text[0] || a.sound[0] === b.sound[0]

/** Петров–Петрова, Достоевский–Достоевская, Александр–Александра: told apart by the ending alone. */
function isGenderPair(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (long === `${short}a` && /[^aeiou]$/.test(short)) return true
  return short.endsWith('ski') && /^(.*)ska(?:a|ia)?$/.exec(long)?.[1] === short.slice(0, -3)
}
