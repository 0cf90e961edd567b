import type { Label } from '#platform/shared/objects/object'
import { Problem } from '#platform/shared/problems'
import { RUSSIAN_IN_LATIN } from '#platform/shared/russian-in-latin'

const MAX_KEY = 40
/** Keys are typed by hand: shorter where no sound is lost. */
const LETTERS: Readonly<Record<string, string>> = { ...RUSSIAN_IN_LATIN, х: 'h', щ: 'sch' }

/**
 * The key of something new: the one that was asked for, else one made from its label in Latin letters, with a number when that is taken.
 * @throws Problem `objects.key_taken` when the one asked for is
 */
export function freeKey(wanted: string | undefined, label: Label, taken: ReadonlySet<string>): string {
  if (wanted !== undefined) {
    if (taken.has(wanted))
      throw new Problem('objects.key_taken', 409, `The key ${wanted} is taken.`, { params: { key: wanted } })
    return wanted
  }
  const latin = Array.from(label.en.toLowerCase(), (letter) => LETTERS[letter] ?? letter)
    .join('')
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '')
    .slice(0, MAX_KEY)
  const base = latin === '' ? 'field' : latin
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : `_${number}`
    const key = base.slice(0, MAX_KEY - suffix.length) + suffix
    if (!taken.has(key)) return key
  }
}
