import type { PairEvidence } from '../../contract/people.ts'
import { fold } from './match/letters.ts'

const WORDS_OF_NAMES = new Set(['given', 'surname', 'patronymic'])

/**
 * Evidence as people read it: names are compared folded (`олга`, `анна мария`), so each is shown as it stands in the names of the two cards;
 * one that no longer stands there stays folded.
 */
export const asWritten = (evidence: readonly PairEvidence[], names: readonly string[]): PairEvidence[] =>
  evidence.map((one) =>
    WORDS_OF_NAMES.has(one.field) ? { ...one, a: written(one.a, names), b: written(one.b, names) } : one,
  )

function written(word: string, names: readonly string[]): string {
  const wanted = fold(word)
  if (wanted === '') return word
  for (const name of names) {
    const parts = name.split(/\s+/)
    for (let from = 0; from < parts.length; from++) {
      for (let to = from + 1; to <= parts.length; to++) {
        const text = parts.slice(from, to).join(' ')
        if (fold(text) === wanted) return text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
      }
    }
  }
  return word
}
