import { companyWords } from './identity/match/profile.ts'

/** Legal forms written out, and words that join them. */
const WRITTEN_OUT =
  /(?<!\p{L})(?:(?:публичное|закрытое|открытое|непубличное)\s+)?(?:акционерное\s+общество|общество\s+с\s+ограниченной\s+ответственностью|индивидуальный\s+предприниматель|группа\s+компаний|торговый\s+дом)(?!\p{L})/giu

/**
 * What two ways to write the name of one company have in common: without quotes, legal form, case and alphabet. Words keep their order. A name
 * of nothing but a form stays as it is.
 */
export function companyNameKey(name: string): string {
  const words = companyWords(name.normalize('NFKC').replaceAll(WRITTEN_OUT, ' '))
  return words.length > 0 ? words.join(' ') : name.toLowerCase().trim()
}

/** The words of a name by which another way to write it is found. */
export function withoutForm(name: string): string {
  const words = name
    .replaceAll(WRITTEN_OUT, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && companyWords(word).length > 0)
  return words.length > 0 ? words.join(' ') : name
}
