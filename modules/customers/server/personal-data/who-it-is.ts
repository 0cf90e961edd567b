import type { Subject } from '#platform/server/personal-data'

/** What the cards of one person hold that names them. */
export interface Named {
  readonly cards: readonly string[]
  readonly names: readonly string[]
  readonly identities: Subject['identities']
}

/** Shorter ids of providers stand in too many other texts by chance. */
const SHORTEST_ID = 6
/** Digits of a Russian number without its prefix: people write it both ways. */
const NATIONAL_LENGTH = 10

/**
 * Texts that mean this person wherever they stand, in lower case: addresses, numbers, ids, names of at least two words. A single name means
 * thousands of people.
 */
export function wordsThatName({ names, identities }: Pick<Named, 'names' | 'identities'>): string[] {
  const told = identities.flatMap(({ kind, value }) => {
    if (kind === 'phone' && value.length > NATIONAL_LENGTH) return [value, value.slice(-NATIONAL_LENGTH)]
    return kind === 'email' || value.length >= SHORTEST_ID ? [value] : []
  })
  const full = names.map((name) => name.trim()).filter((name) => /\S\s+\S/.test(name))
  return [...new Set([...told, ...full].map((word) => word.toLowerCase()))]
}

/** True when the text names the person. */
export const namesPerson = (text: string, { words }: Pick<Subject, 'words'>): boolean =>
  words.some((word) => text.toLowerCase().includes(word))

/** Names are compared as a person reads them: capitals and spaces do not count. */
export const isSameName = (a: string, b: string): boolean => plain(a) === plain(b)
const plain = (name: string) => name.normalize('NFC').replaceAll(/\s+/g, ' ').trim().toLowerCase()
