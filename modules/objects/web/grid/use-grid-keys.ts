import type { Virtualizer } from '@tanstack/react-virtual'
import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { Line } from './grid.tsx'
import { moved, nextCell, type Place } from './grid-moves.ts'
import { type Column, movedColumn, resizedColumn } from './list-columns.ts'
import { everyOf, extended, NOTHING, type Selection, toggled } from './selection.ts'

interface GridKeysOptions {
  box: RefObject<HTMLDivElement | null>
  columns: readonly Column[]
  lines: readonly Line[]
  /** Ids of the rows, in order. */
  order: readonly string[]
  canEdit: boolean
  isSortable: boolean
  selection: Selection
  onSelect: (selection: Selection) => void
  onSort: (key: string) => void
  onColumns: (columns: readonly Column[]) => void
  onOpen: (id: string) => void
  onToggle: (groupId: string) => void
}

/** How much wider or narrower one press makes a column. */
const STEP_PX = 20
const FIRST: Place = { line: 0, column: 1 }

/**
 * The keyboard of a grid. Arrows, Home, End and pages move; Enter opens, sorts or edits, F2 edits; Space chooses a row, with Shift an arrow
 * chooses a range, Ctrl+A everything loaded, Escape nothing. On the head Alt+arrows change the width, Alt+Shift+arrows the place.
 */
export function useGridKeys(options: GridKeysOptions) {
  const { box, columns, lines, canEdit } = options
  const [wanted, setActive] = useState<Place>(FIRST)
  const [edited, setEdited] = useState<Place | null>(null)
  const bounds = { lines: lines.length, columns: columns.length + 1, page: 1 }
  const active: Place = {
    line: Math.min(wanted.line, Math.max(-1, lines.length - 1)),
    column: Math.min(wanted.column, columns.length),
  }
  const latest = useRef({ ...options, active })
  latest.current = { ...options, active }
  const virtual = useRef<Virtualizer<HTMLDivElement, Element> | null>(null)
  /** The focus follows the place as soon as its cell exists. */
  const isWaiting = useRef(false)
  /** A column that was moved stands in its new place a moment later. */
  const movedKey = useRef<string | null>(null)
  useLayoutEffect(() => {
    if (!isWaiting.current) return
    const { line, column } = latest.current.active
    if (movedKey.current && latest.current.columns[column - 1]?.field.key !== movedKey.current) return
    movedKey.current = null
    const cell = box.current?.querySelector<HTMLElement>(`[data-place="${line}:${column}"], [data-head="${line}"]`)
    if (!cell) return
    isWaiting.current = false
    cell.focus({ preventScroll: true })
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })

  const go = useCallback((place: Place) => {
    isWaiting.current = true
    setActive(place)
    if (place.line >= 0) virtual.current?.scrollToIndex(place.line)
  }, [])
  const edit = useCallback((line: number, column: number) => {
    setActive({ line, column })
    setEdited({ line, column })
  }, [])
  const closed = useCallback((isByHand: boolean) => {
    isWaiting.current = isByHand
    setEdited(null)
  }, [])

  /** What the keys of a cell do beside moving; true when they did something. */
  function act(event: KeyboardEvent): boolean {
    const { selection, order, onSelect, onSort, onOpen, onToggle } = options
    const line = lines[active.line]
    const { field, isTitle } = columns[active.column - 1] ?? {}
    const isFar = event.ctrlKey || event.metaKey
    if (isFar && event.code === 'KeyA') return does(() => onSelect(everyOf(order)))
    if (event.key === 'Escape' && (selection.ids.size > 0 || selection.isAll)) return does(() => onSelect(NOTHING))
    if (active.line === -1) {
      if (event.altKey && actOnHead(event)) return true
      if (event.key !== 'Enter' && event.key !== ' ') return false
      if (!field) return does(() => onSelect(selection.ids.size > 0 ? NOTHING : everyOf(order)))
      return field.can.sort && options.isSortable && does(() => onSort(field.key))
    }
    if (line?.kind === 'group') {
      const isOver = { Enter: true, ' ': true, ArrowLeft: line.group.isOpen, ArrowRight: !line.group.isOpen }[event.key]
      return isOver === true && does(() => onToggle(line.id))
    }
    if (line?.kind !== 'row') return false
    if (event.key === ' ') return does(() => onSelect(toggled(selection, line.row.id)))
    const isEditable = field !== undefined && canEdit && field.can.edit && field.type !== 'file'
    const isEdit = event.key === 'F2' || (event.key === 'Enter' && !isTitle)
    if (isEdit && isEditable) return does(() => edit(active.line, active.column))
    if (event.key === 'Enter') return does(() => onOpen(line.row.id))
    if (event.shiftKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      const next = moved(active, event, bounds)
      const to = next && lines[next.line]
      if (!next || to?.kind !== 'row') return false
      onSelect(extended(selection.anchor ? selection : { ...selection, anchor: line.row.id }, to.row.id, order))
      return does(() => go(next))
    }
    return false
  }

  function actOnHead({ key, shiftKey }: KeyboardEvent): boolean {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key]
    const index = active.column - 1
    const column = columns[index]
    if (step === undefined || !column) return false
    const next = shiftKey
      ? movedColumn(columns, index, index + step)
      : resizedColumn(columns, index, column.width + step * STEP_PX)
    if (shiftKey && next !== columns) {
      movedKey.current = column.field.key
      go({ line: -1, column: active.column + step })
    }
    return does(() => options.onColumns(next))
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (edited) {
      if (event.key !== 'Tab') return
      const next = nextCell(edited, event.shiftKey, bounds)
      if (!next) return
      // Leaving the editor saves.
      event.preventDefault()
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
      setEdited(null)
      go(next)
      return
    }
    if (!(event.target instanceof HTMLElement) || event.target.closest('[data-place]') === null) return
    if (act(event)) {
      event.preventDefault()
      return
    }
    if (event.altKey || (event.shiftKey && !['Home', 'End'].includes(event.key))) return
    const page = Math.max(1, (virtual.current?.range?.endIndex ?? 0) - (virtual.current?.range?.startIndex ?? 0) - 1)
    const next = moved(active, event, { ...bounds, page })
    if (!next) return
    event.preventDefault()
    go(next)
  }

  /** A click puts the tab stop where it was. */
  function onFocus({ target }: FocusEvent): void {
    const place = target.closest<HTMLElement>('[data-place]')?.dataset.place?.split(':').map(Number)
    const [line, column] = place ?? []
    if (line === undefined || column === undefined) return
    if (line !== active.line || column !== active.column) setActive({ line, column })
  }

  return {
    active,
    edited,
    edit,
    closed,
    onKeyDown,
    onFocus,
    follow: (next: Virtualizer<HTMLDivElement, Element>) => {
      virtual.current = next
    },
  }
}

function does(work: () => void): true {
  work()
  return true
}
