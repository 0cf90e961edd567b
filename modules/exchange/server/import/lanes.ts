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

/** Rows that go one after another. `isBehindAll`: what some of them touch is touched by rows of several lanes that are still on their way. */
export interface Lane<Row> {
  readonly rows: readonly Row[]
  readonly isBehindAll: boolean
}

/**
 * Rows in `count` lanes that can be gone along at the same time: rows that touch the same thing, directly or through others, are in one lane, in
 * their order. Lanes are about equally long, as far as that allows. `before`: lanes whose rows are still on their way. What touches the same as one of them, is in the
 * same lane, behind it; and what they tie together is one: a card that one of them makes with two addresses is found by either afterwards.
 */
export function lanesOf<Row extends { readonly touches: readonly string[] }>(
  rows: readonly Row[],
  count: number,
  before: readonly Pick<Lane<{ readonly touches: readonly string[] }>, 'rows'>[] = [],
): Lane<Row>[] {
  const onTheirWay = before.flatMap((lane, of) => lane.rows.map(({ touches }) => ({ touches, of })))
  const groupOf = groupsOf([...rows, ...onTheirWay])
  const lanesOfGroup = new Map<number, Set<number>>()
  for (const [i, { of }] of onTheirWay.entries()) {
    const group = groupOf(rows.length + i)
    lanesOfGroup.set(group, (lanesOfGroup.get(group) ?? new Set()).add(of))
  }
  const lanes = Array.from({ length: count }, () => ({ numbers: [] as number[], isBehindAll: false }))
  const shortest = () => lanes.reduce((short, lane) => (lane.numbers.length < short.numbers.length ? lane : short))
  const groups = [...Map.groupBy(rows.keys(), groupOf)]
  // Who may go anywhere evens the lanes out in the end.
  for (const [group, numbers] of groups.toSorted(([a], [b]) => +lanesOfGroup.has(b) - +lanesOfGroup.has(a))) {
    const [of, ...others] = lanesOfGroup.get(group) ?? []
    const lane = (of === undefined ? undefined : lanes[of]) ?? shortest()
    lane.numbers.push(...numbers)
    lane.isBehindAll ||= others.length > 0
  }
  return lanes.map(({ numbers, isBehindAll }) => ({
    rows: numbers.toSorted((a, b) => a - b).flatMap((i) => rows[i] ?? []),
    isBehindAll,
  }))
}

/** Tells the group of each row: rows that touch the same, directly or through others, have the same one. */
function groupsOf(all: readonly { readonly touches: readonly string[] }[]): (i: number) => number {
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
  return root
}
