import { compareNames } from './compare-names.ts'
import { readName } from './person-words.ts'
import { prepare } from './prepare.ts'
import { EMPTY_PROFILE } from './profile.ts'

/** True of two names that one person does not have: the given names are known and differ by more than spelling, short form or a slip. */
export function differInName(a: string, b: string): boolean {
  const [one, other] = [a, b].map((name) => prepare({ ...EMPTY_PROFILE, ...readName(name) }))
  return one !== undefined && other !== undefined && compareNames(one, other).given === 'different'
}
