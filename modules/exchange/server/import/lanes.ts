/** Rows in as few rounds as possible, no two of one round with a common key, each key's rows in their order. */
export function roundsOf<Row extends { readonly keys: readonly string[] }>(rows: readonly Row[]): Row[][] {
  const rounds: Row[][] = []
  const next = new Map<string, number>()
  for (const row of rows) {
    const round = Math.max(0, ...row.keys.map((key) => next.get(key) ?? 0))
    for (const key of row.keys) next.set(key, round + 1)
    const list = rounds[round] ?? []
    list.push(row)
    rounds[round] = list
  }
  return rounds
}

/**
 * Rows in `count` lanes that can be gone along at the same time: rows that touch the same thing, directly or through others, are in one lane, in
 * their order. Lanes are about equally long, as far as that allows; empty ones are left out. `before`: rows that are still on their way while these are
 * divided. They are in no lane, but what they tie together is one: a card that one of them makes with two addresses is found by either afterwards.
 */
export function lanesOf<Row extends { readonly touches: readonly string[] }>(
  rows: readonly Row[],
  count: number,
  before: readonly { readonly touches: readonly string[] }[] = [],
): Row[][] {
  const all = [...rows, ...before]
  const parent = all.map((_, i) => i)
  const root = (i: number): number => {
    let at = i
    while (parent[at] !== at) {
      // Halves the way for whoever goes it next.
      parent[at] = parent[parent[at] ?? at] ?? at
      at = parent[at] ?? at
    }
    return at
  }
  const first = new Map<string, number>()
  for (const [i, { touches }] of all.entries())
    for (const touch of touches) {
      const other = first.get(touch)
      if (other === undefined) first.set(touch, i)
      else parent[root(i)] = root(other)
    }
  const groups = Map.groupBy(rows.keys(), root)
  const lanes = Array.from({ length: count }, (): number[] => [])
  for (const group of groups.values())
    lanes.reduce((shortest, lane) => (lane.length < shortest.length ? lane : shortest)).push(...group)
  return lanes
    .filter((lane) => lane.length > 0)
    .map((lane) => lane.toSorted((a, b) => a - b).flatMap((i) => rows[i] ?? []))
}
