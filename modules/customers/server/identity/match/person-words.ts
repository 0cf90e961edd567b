import { isGivenName } from './given-names.ts'
import { fold, skeleton } from './letters.ts'

/** Words of a person's name, each on its place as far as that can be told. */
export interface PersonWords {
  readonly given: string | null
  readonly surname: string | null
  readonly patronymic: string | null
}

const PATRONYMIC = /.(?:ovich|evich|iich|ovna|evna|ichna|inichna)$/
/** As above on skeletons, where `ch` is one sound. */
const PATRONYMIC_SOUNDS = /.(?:oviC|eviC|viC|iiC|ovna|evna|iCna|iniCna|ogli|kizi)$/
const SURNAME_SOUNDS = /.(?:ov|ev|in|ova|eva|ina|ski|skaia|skaa|ska|skoi|enko|uk|ik|ian|dze|svili|iC)$/

export const isPatronymic = (folded: string): boolean =>
  PATRONYMIC_SOUNDS.test(skeleton(folded)) || PATRONYMIC.test(folded)

/** What is not part of a name although people write it there. */
const NOISE = new Set(['mr', 'mrs', 'ms', 'dr', 'jr', 'sr', 'prof', 'ип', 'гн', 'гжа', 'господин', 'госпожа', 'доктор'])

/**
 * Places the words of a free-form name: a patronymic is told by its ending, a given name by the dictionary, a surname by its ending or by being
 * left. What cannot be told stands in the order in which people speak: given name first. Words with digits are no names.
 */
export function readName(name: string): PersonWords {
  const words = fold(name)
    .split(' ')
    .filter((word) => word !== '' && !/\d/.test(word) && !NOISE.has(word))
  if (words.length === 0 || words.length > 5) return { given: null, surname: null, patronymic: null }
  const at = words.findIndex((word, place) => place > 0 && isPatronymic(word))
  // `Иван Петрович` is given name and patronymic, but `Саша Милич` may be anybody: with two words an ending in -ич stays a surname.
  const patronymic = at > 0 && (words.length > 2 || endsAsPatronymic(words[at] ?? '')) ? (words[at] ?? null) : null
  const rest = words.filter((_, place) => patronymic === null || place !== at)
  if (rest.length === 1) return { ...placeOne(rest[0] ?? '', patronymic !== null), patronymic }
  const [first = '', ...others] = rest
  const last = others.at(-1) ?? ''
  if (patronymic !== null && at === 2) return { surname: first, given: last === first ? null : last, patronymic }
  return {
    ...(isSurnameFirst(first, last) ? { surname: first, given: last } : { given: first, surname: last }),
    patronymic,
  }
}

const endsAsPatronymic = (word: string) => /(?:oviC|eviC|ovna|evna|iCna)$/.test(skeleton(word))

function placeOne(word: string, isGiven: boolean): Pick<PersonWords, 'given' | 'surname'> {
  const isSurname = !isGiven && !isGivenName(word) && SURNAME_SOUNDS.test(skeleton(word))
  return isSurname ? { surname: word, given: null } : { given: word, surname: null }
}

function isSurnameFirst(first: string, last: string): boolean {
  const [a, b] = [isGivenName(first), isGivenName(last)]
  if (a !== b) return b
  if (last.length === 1 || first.length === 1) return last.length === 1 && first.length > 1 && !a
  const [c, d] = [SURNAME_SOUNDS.test(skeleton(first)), SURNAME_SOUNDS.test(skeleton(last))]
  return c && !d && !a
}
