/** Which rows are chosen. `isAll`: everything that the list finds, loaded or not. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  readonly isAll: boolean
  /** Where a range begins. */
  readonly anchor: string | null
}

export const NOTHING: Selection = { ids: new Set(), isAll: false, anchor: null }

export const isChosen = ({ ids, isAll }: Selection, id: string): boolean => isAll || ids.has(id)

/** Chooses a row, or lets go of it. */
export function toggled({ ids, isAll }: Selection, id: string): Selection {
  // One of all that are found is let go: the rest cannot be named, so the choice begins anew.
  if (isAll) return { ids: new Set([id]), isAll: false, anchor: id }
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return { ids: next, isAll: false, anchor: id }
}

/** Chooses everything from the anchor to a row, beside what was chosen before. Of rows that stand in several places the nearest two count. */
export function extended({ ids, anchor }: Selection, to: string, order: readonly string[]): Selection {
  const placesOf = (id: string) => order.flatMap((one, place) => (one === id ? [place] : []))
  const ends = placesOf(to)
  if (ends.length === 0) return { ids, isAll: false, anchor }
  const starts = placesOf(anchor ?? to)
  const ranges = (starts.length > 0 ? starts : ends).flatMap((start) =>
    ends.map((end) => ({ first: Math.min(start, end), last: Math.max(start, end) })),
  )
  const [nearest] = ranges.toSorted((a, b) => a.last - a.first - (b.last - b.first))
  const range = nearest ? order.slice(nearest.first, nearest.last + 1) : []
  return { ids: new Set([...ids, ...range]), isAll: false, anchor: anchor ?? to }
}

export const everyOf = (order: readonly string[]): Selection => ({
  ids: new Set(order),
  isAll: false,
  anchor: order[0] ?? null,
})
