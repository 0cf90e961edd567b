import { isSlip, likeness, mistakes } from './edits.ts'
import type { Prepared } from './prepare.ts'

export type BirthdayLevel = 'exact' | 'swapped' | 'typo' | 'different'
export type PlaceLevel = 'exact' | 'near' | 'some' | 'different'
export type CityLevel = 'exact' | 'typo' | 'different'

/** Day and month swapped, as between `03/04` and `04/03`, and one wrong digit are known ways of getting a birthday wrong. */
export function compareBirthdays({ birthday: a }: Prepared, { birthday: b }: Prepared): BirthdayLevel | null {
  if (!a || !b) return null
  if (a === b) return 'exact'
  const [year, month, day] = a.split('-')
  if (`${year}-${day}-${month}` === b) return 'swapped'
  return mistakes(a, b, 1) === 1 ? 'typo' : 'different'
}

export function compareCities({ city: a }: Prepared, { city: b }: Prepared): CityLevel | null {
  if (!a || !b) return null
  if (a === b) return 'exact'
  return isSlip(a, b) ? 'typo' : 'different'
}

export function comparePostcodes({ postcode: a }: Prepared, { postcode: b }: Prepared): CityLevel | null {
  if (!a || !b) return null
  if (a === b) return 'exact'
  return mistakes(a, b, 1) === 1 ? 'typo' : 'different'
}

export function compareStreets(a: Prepared, b: Prepared): PlaceLevel | null {
  if (a.address.length === 0 || b.address.length === 0) return null
  return placeLevel(overlap(a.address, b.address))
}

export function compareCompanies(a: Prepared, b: Prepared): PlaceLevel | null {
  let best: number | null = null
  for (const one of a.companies) for (const other of b.companies) best = Math.max(best ?? 0, overlap(one, other))
  return best === null ? null : placeLevel(best)
}

const NEAR = 0.7
const SOME = 0.45
const placeLevel = (share: number): PlaceLevel =>
  share > 0.99 ? 'exact' : share >= NEAR ? 'near' : share >= SOME ? 'some' : 'different'

const SAME_WORD = 0.9
/** A number says most of an address; words of one letter and the like say little. */
const weightOf = (word: string) => (/^\d/.test(word) ? 2 : word.length < 3 ? 0.5 : 1)

/**
 * Share of two texts' words that stand in both, 0 to 1: by weight, slips forgiven, order ignored, numbers exactly. What one side merely leaves
 * out counts half of what contradicts.
 */
export function overlap(a: readonly string[], b: readonly string[]): number {
  const [few, many] = a.length <= b.length ? [a, b] : [b, a]
  const open = [...many]
  let common = 0
  let onlyFew = 0
  for (const word of few) {
    const place = open.findIndex((other) => isSameWord(word, other))
    if (place < 0) onlyFew += weightOf(word)
    else {
      common += weightOf(word)
      open.splice(place, 1)
    }
  }
  const onlyMany = open.reduce((sum, word) => sum + weightOf(word), 0)
  const isLeftOut = onlyFew === 0
  const whole = common + onlyFew + onlyMany * (isLeftOut ? 0.5 : 1)
  return whole === 0 ? 0 : common / whole
}

function isSameWord(a: string, b: string): boolean {
  if (a === b) return true
  if (/^\d/.test(a) || /^\d/.test(b)) return false
  return Math.min(a.length, b.length) >= 4 && likeness(a, b) >= SAME_WORD
}
