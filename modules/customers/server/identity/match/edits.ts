/** Room for rows of `mistakes` and marks of `likeness`, used anew by every call: they are asked millions of times, and nothing in them waits. */
const ROWS = [new Int32Array(64), new Int32Array(64), new Int32Array(64)] as const
let rows: readonly [Int32Array, Int32Array, Int32Array] = ROWS
let marks = new Uint8Array(64)

/**
 * Number of single-letter mistakes between two words: inserted, lost, changed or swapped with its neighbour (optimal string alignment). Stops
 * above `limit` and answers `limit + 1`.
 */
export function mistakes(a: string, b: string, limit = 2): number {
  if (a === b) return 0
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  // What both begin and end with costs nothing; of two words with one mistake hardly more than that mistake is left.
  let start = 0
  while (start < a.length && start < b.length && a.charCodeAt(start) === b.charCodeAt(start)) start++
  let [endA, endB] = [a.length, b.length]
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--
    endB--
  }
  const [left, right] = [endA - start, endB - start]
  if (left === 0 || right === 0) return Math.max(left, right)
  if (limit === 1) {
    const isOneChanged = left === 1 && right === 1
    const isSwapped =
      left === 2 &&
      right === 2 &&
      a.charCodeAt(start) === b.charCodeAt(start + 1) &&
      a.charCodeAt(start + 1) === b.charCodeAt(start)
    return isOneChanged || isSwapped ? 1 : 2
  }
  return align(a.slice(start, endA), b.slice(start, endB), limit)
}

function align(a: string, b: string, limit: number): number {
  const width = b.length + 1
  if (width > rows[0].length) rows = [new Int32Array(2 * width), new Int32Array(2 * width), new Int32Array(2 * width)]
  let [before, last, row] = rows
  for (let j = 0; j < width; j++) last[j] = j
  for (let i = 1; i <= a.length; i++) {
    row[0] = i
    let least = i
    const letter = a.charCodeAt(i - 1)
    for (let j = 1; j < width; j++) {
      const other = b.charCodeAt(j - 1)
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (letter === other ? 0 : 1))
      if (i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other)
        cost = Math.min(cost, at(before, j - 2) + 1)
      row[j] = cost
      if (cost < least) least = cost
    }
    if (least > limit) return limit + 1
    ;[before, last, row] = [last, row, before]
  }
  return Math.min(at(last, b.length), limit + 1)
}

const at = (row: Int32Array, place: number): number => row[place] ?? 0

/** Jaro–Winkler likeness, 0 to 1: forgiving towards the end of a word, as people's typing is. */
export function likeness(a: string, b: string): number {
  if (a === b) return 1
  if (a === '' || b === '') return 0
  if (b.length > marks.length) marks = new Uint8Array(2 * b.length)
  marks.fill(0, 0, b.length)
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  let common = ''
  for (let i = 0; i < a.length; i++) {
    const letter = a.charCodeAt(i)
    const end = Math.min(b.length, i + reach + 1)
    for (let j = Math.max(0, i - reach); j < end; j++) {
      if (marks[j] === 1 || letter !== b.charCodeAt(j)) continue
      marks[j] = 1
      common += a[i]
      break
    }
  }
  const m = common.length
  if (m === 0) return 0
  let swapped = 0
  for (let j = 0, k = 0; j < b.length; j++) if (marks[j] === 1 && common.charCodeAt(k++) !== b.charCodeAt(j)) swapped++
  const jaro = (m / a.length + m / b.length + (m - swapped / 2) / m) / 3
  let prefix = 0
  while (prefix < 4 && prefix < a.length && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}

/** From this Jaro–Winkler likeness on a difference counts as a slip. Source: Winkler (1990) puts "close" at 0.88 to 0.94; names are short. */
const SLIP = 0.92
const MIN_SHORTER = 3
const MIN_LONGER = 4

/** True when one word is the other with a slip of the keyboard or the ear. Short words must be equal: `Ян` is not `Яна`. */
export function isSlip(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length)
  if (shorter < MIN_SHORTER || Math.max(a.length, b.length) < MIN_LONGER) return false
  return mistakes(a, b, shorter > 7 ? 2 : 1) <= (shorter > 7 ? 2 : 1) || likeness(a, b) >= SLIP
}
