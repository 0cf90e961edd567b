import { isUtf8 } from 'node:buffer'
import type { Encoding } from '../../../contract/index.ts'

/** Without a byte order mark and not UTF-8: which of these gives Russian, or else western, words. */
const SINGLE_BYTE = ['windows-1251', 'koi8-r', 'ibm866', 'x-mac-cyrillic', 'windows-1252'] as const

/** Tells the encoding of a text from its first bytes. */
export function detectEncoding(sample: Uint8Array): Encoding {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le'
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be'
  const wide = zeroSide(sample)
  if (wide) return wide
  if (isUtf8(withoutCutLetter(sample))) return 'utf-8'
  const scored = SINGLE_BYTE.map((encoding) => ({
    encoding,
    score: likeWords(new TextDecoder(encoding).decode(sample)),
  }))
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).encoding
}

/** Half of the bytes of a text in UTF-16 are zero when it has delimiters, digits or Latin letters; which half tells the order. */
function zeroSide(sample: Uint8Array): Encoding | undefined {
  const zeros = [0, 0]
  for (const [i, byte] of sample.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const many = sample.length / 20
  if (odd > many && odd > even * 4) return 'utf-16le'
  if (even > many && even > odd * 4) return 'utf-16be'
  return undefined
}

/** A sample may end within a letter of several bytes. */
function withoutCutLetter(sample: Uint8Array): Uint8Array {
  let end = sample.length
  for (let back = 1; back <= Math.min(3, sample.length); back++) {
    const byte = sample[sample.length - back] ?? 0
    if (byte >= 0xc0) {
      end = sample.length - back
      break
    }
    if (byte < 0x80) break
  }
  return sample.subarray(0, end)
}

const COMMON = new Set('оеаинтсрвлкмдпу')
const RARE = new Set('ъщэфцёЪЩЭФЦЁ')

/**
 * How much a text looks like words. A wrong single-byte encoding turns Russian into capitals within words, rare letters, frames and signs;
 * the right one gives the common letters.
 */
function likeWords(text: string): number {
  let score = 0
  let before = ''
  for (const letter of text) {
    if (letter > '\u007f') {
      if (COMMON.has(letter)) score += 3
      else if (RARE.has(letter)) score -= 1
      else if (/[а-яА-Я]/.test(letter)) score += 1
      else if (/[À-ÿœŒ]/.test(letter)) score += 0.5
      else if (/[№«»—–…’“”€ ]/.test(letter)) score += 0.5
      else score -= 3
      if (/\p{Ll}/u.test(before) && /\p{Lu}/u.test(letter)) score -= 4
    }
    before = letter
  }
  return score
}
