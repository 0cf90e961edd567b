import { compareEmails, compareIds, comparePhones } from './compare-addresses.ts'
import { compareBirthdays, compareCities, compareCompanies, comparePostcodes, compareStreets } from './compare-facts.ts'
import { compareNames } from './compare-names.ts'
import type { Prepared } from './prepare.ts'

/**
 * What is compared, at which levels, and what is assumed of each level before the data has spoken: `m` = share of pairs of one person that
 * agree so, `u` = share of pairs of two people. Levels run from the best to none. Sources: own estimate on generated Russian cards, rounded;
 * the data of a workspace overrules it (`estimate-model.ts`).
 */
export const COMPARISONS = {
  surname: { exact: [0.82, 0.004], spelling: [0.06, 0.001], typo: [0.07, 0.006], different: [0.05, 0.989] },
  given: {
    exact: [0.72, 0.02],
    spelling: [0.12, 0.005],
    typo: [0.06, 0.006],
    initial: [0.05, 0.06],
    different: [0.05, 0.909],
  },
  patronymic: {
    exact: [0.88, 0.02],
    spelling: [0.03, 0.002],
    typo: [0.04, 0.01],
    initial: [0.02, 0.08],
    different: [0.03, 0.888],
  },
  phone: { exact: [0.65, 0.0002], tail: [0.01, 0.0001], typo: [0.03, 0.0002], different: [0.31, 0.9995] },
  email: {
    exact: [0.6, 0.0001],
    box: [0.03, 0.00002],
    local: [0.06, 0.0006],
    typo: [0.03, 0.0001],
    different: [0.28, 0.99918],
  },
  id: { exact: [0.92, 0.00002], typo: [0.05, 0.0001], different: [0.03, 0.99988] },
  birthday: { exact: [0.9, 0.0001], swapped: [0.01, 0.00005], typo: [0.05, 0.002], different: [0.04, 0.99785] },
  address: { exact: [0.5, 0.0005], near: [0.2, 0.0005], some: [0.1, 0.004], different: [0.2, 0.995] },
  city: { exact: [0.8, 0.1], typo: [0.05, 0.005], different: [0.15, 0.895] },
  postcode: { exact: [0.8, 0.005], typo: [0.08, 0.01], different: [0.12, 0.985] },
  company: { exact: [0.5, 0.002], near: [0.15, 0.001], some: [0.1, 0.005], different: [0.25, 0.992] },
} as const satisfies Record<string, Record<string, readonly [m: number, u: number]>>

export type Field = keyof typeof COMPARISONS
export const FIELDS = Object.keys(COMPARISONS) as readonly Field[]
export const levelsOf = (field: Field): readonly string[] => Object.keys(COMPARISONS[field])

/** Level of each field, in the order of `FIELDS`; null = cannot be compared. */
export interface Comparison {
  readonly levels: readonly (string | null)[]
  /** Fields that identify by themselves and are trusted on both sides. */
  readonly trusted: readonly Field[]
}

/** Compares two cards in every field. Pure; about two microseconds. */
export function compare(a: Prepared, b: Prepared): Comparison {
  const names = compareNames(a, b)
  const phone = comparePhones(a, b)
  const email = compareEmails(a, b)
  const id = compareIds(a, b)
  const trusted: Field[] = []
  if (phone?.trusted && phone.level === 'exact') trusted.push('phone')
  if (email?.trusted && (email.level === 'exact' || email.level === 'box')) trusted.push('email')
  if (id?.trusted && id.level === 'exact') trusted.push('id')
  return {
    levels: [
      names.surname,
      names.given,
      names.patronymic,
      phone?.level ?? null,
      email?.level ?? null,
      id?.level ?? null,
      compareBirthdays(a, b),
      compareStreets(a, b),
      compareCities(a, b),
      comparePostcodes(a, b),
      compareCompanies(a, b),
    ],
    trusted,
  }
}
