import { RUSSIAN_IN_LATIN } from '#platform/shared/russian-in-latin'

const BREVE = '\u0306'

/** Lower case without accents, marks and punctuation; words parted by one space. `Ё` = `е`: people type either; `й` stays. */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, (mark, at: number, all: string) => (mark === BREVE && all[at - 1] === 'и' ? mark : ''))
    .normalize('NFC')
    .replace(/[ьъ'’`ʹ]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** The scheme does not matter: `skeleton` brings every common one to the same letters. */
const LATIN: Readonly<Record<string, string>> = {
  ...RUSSIAN_IN_LATIN,
  і: 'i',
  ї: 'i',
  є: 'e',
  ґ: 'g',
  ў: 'u',
  қ: 'k',
  ғ: 'g',
  ң: 'n',
  ү: 'u',
  ұ: 'u',
  ө: 'o',
  һ: 'h',
  ә: 'a',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  æ: 'ae',
  ı: 'i',
}

export const toLatin = (folded: string): string => folded.replace(/[^a-z0-9 ]/g, (letter) => LATIN[letter] ?? letter)

/**
 * Spellings of one sound, in the order in which they are looked for. Capitals stand for sounds that Latin writes with several letters.
 * Sources of the left sides: GOST 7.79, BGN/PCGN, ICAO 9303, German and French habits.
 */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/shch|schtsch|sch|sh/g, 'S'],
  [/tsch|tch|ch/g, 'C'],
  [/dzh|dj|zh/g, 'j'],
  [/tz|ts|cz/g, 'T'],
  [/kh|gh/g, 'h'],
  [/ph/g, 'f'],
  [/th/g, 't'],
  [/x/g, 'ks'],
  [/ck|q/g, 'k'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/w/g, 'v'],
  [/[yij]+o/g, 'e'],
  [/[yij]+(?=[aeu])/g, ''],
  [/[yj]/g, 'i'],
  [/(.)\1+/g, '$1'],
]

const skeletons = new Map<string, string>()
/** Names repeat; a scan over a million cards sees far fewer words than this. */
const MAX_KEPT = 200_000

/** One form for all spellings of a word in Russian and Latin letters: `Щукин` = `Shchukin` = `Schukin`, `Дмитрий` = `Dmitry` = `Dmitrij`. */
export function skeleton(folded: string): string {
  const known = skeletons.get(folded)
  if (known !== undefined) return known
  let word = toLatin(folded)
  for (const [spelling, sound] of SOUNDS) word = word.replace(spelling, sound)
  if (skeletons.size >= MAX_KEPT) skeletons.clear()
  skeletons.set(folded, word)
  return word
}

const VOICELESS: Readonly<Record<string, string>> = {
  b: 'p',
  d: 't',
  g: 'k',
  z: 's',
  v: 'f',
  j: 'S',
  h: 'k',
  C: 'S',
  T: 's',
}

/** What is left of a word when it is misheard: no vowels but the first letter, no voice, at most five sounds. For finding, not for judging. */
export function phonetic(folded: string): string {
  const word = skeleton(folded).replace(/ /g, '')
  const head = /^[aeiou]/.test(word) ? 'A' : ''
  const sounds = word.replace(/[aeiou]/g, '').replace(/[bdgzvjhCT]/g, (sound) => VOICELESS[sound] ?? sound)
  return head + sounds.replace(/(.)\1+/g, '$1').slice(0, 5)
}
