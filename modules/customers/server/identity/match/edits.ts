/**
 * Number of single-letter mistakes between two words: inserted, lost, changed or swapped with its neighbour (optimal string alignment). Stops
 * above `limit` and answers `limit + 1`.
 */
export function mistakes(a: string, b: string, limit = 2): number {
  if (a === b) return 0
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      row.push(cost)
      least = Math.min(least, cost)
    }
    if (least > limit) return limit + 1
    before = last
    last = row
  }
  return last[b.length] ?? limit + 1
}

/** Jaro–Winkler likeness, 0 to 1: forgiving towards the end of a word, as people's typing is. */
export function likeness(a: string, b: string): number {
  if (a === b) return 1
  if (a === '' || b === '') return 0
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  const taken = new Uint8Array(b.length)
  const common: string[] = []
  for (let i = 0; i < a.length; i++) {
    const end = Math.min(b.length, i + reach + 1)
    for (let j = Math.max(0, i - reach); j < end; j++) {
      if (taken[j] || a[i] !== b[j]) continue
      taken[j] = 1
      common.push(a.charAt(i))
      break
    }
  }
  if (common.length === 0) return 0
  let swapped = 0
  for (let j = 0, k = 0; j < b.length; j++) if (taken[j] && common[k++] !== b[j]) swapped++
  const m = common.length
  const jaro = (m / a.length + m / b.length + (m - swapped / 2) / m) / 3
  let prefix = 0
  while (prefix < 4 && a[prefix] !== undefined && a[prefix] === b[prefix]) prefix++
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
