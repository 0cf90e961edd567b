/** A cell. Line −1 is the head; column 0 the box that chooses the row. */
export interface Place {
  readonly line: number
  readonly column: number
}

export interface Bounds {
  readonly lines: number
  readonly columns: number
  /** Lines on one screen. */
  readonly page: number
}

export interface Pressed {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

/** Where a key leads in a grid, as people know it from tables; null for a key that leads nowhere. */
export function moved(place: Place, { key, ctrlKey, metaKey }: Pressed, bounds: Bounds): Place | null {
  const isFar = ctrlKey || metaKey
  const last = { line: bounds.lines - 1, column: bounds.columns - 1 }
  const to = ({ line = place.line, column = place.column }: Partial<Place>): Place => ({
    line: Math.max(-1, Math.min(last.line, line)),
    column: Math.max(0, Math.min(last.column, column)),
  })
  switch (key) {
    case 'ArrowUp':
      return to({ line: isFar ? 0 : place.line - 1 })
    case 'ArrowDown':
      return to({ line: isFar ? last.line : place.line + 1 })
    case 'ArrowLeft':
      return to({ column: isFar ? 0 : place.column - 1 })
    case 'ArrowRight':
      return to({ column: isFar ? last.column : place.column + 1 })
    case 'Home':
      return isFar ? to({ line: 0, column: 0 }) : to({ column: 0 })
    case 'End':
      return isFar ? last : to({ column: last.column })
    case 'PageUp':
      return to({ line: Math.max(0, place.line - bounds.page) })
    case 'PageDown':
      return to({ line: place.line + bounds.page })
    default:
      return null
  }
}

/** The next cell to fill in, or the one before: over the end of a line to the next one. Column 0 is passed over. */
export function nextCell({ line, column }: Place, isBack: boolean, { lines, columns }: Bounds): Place | null {
  const step = isBack ? -1 : 1
  const next = column + step
  if (next >= 1 && next < columns) return { line, column: next }
  const other = line + step
  return other < 0 || other >= lines ? null : { line: other, column: isBack ? columns - 1 : 1 }
}
