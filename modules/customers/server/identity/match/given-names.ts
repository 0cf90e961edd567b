import names from './given-names.json' with { type: 'json' }
import { fold, skeleton } from './letters.ts'

/** Full names that a written form may stand for, by the form's skeleton: `саша` may be Александр or Александра. */
const meanings = new Map<string, readonly string[]>()

for (const [full, forms] of Object.entries(names)) {
  const meaning = skeleton(fold(full))
  for (const form of [full, ...forms.split(' ')]) {
    const key = skeleton(fold(form))
    const known = meanings.get(key) ?? []
    if (!known.includes(meaning)) meanings.set(key, [...known, meaning])
  }
}

/** True for a word that the dictionary knows as a given name. */
export const isGivenName = (folded: string): boolean => meanings.has(skeleton(folded))

/** Full names behind a given name, in one spelling; a name that the dictionary does not know stands for itself. */
export function fullNames(folded: string): readonly string[] {
  const key = skeleton(folded)
  return meanings.get(key) ?? [key]
}
