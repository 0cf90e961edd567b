// biome-ignore-all lint/a11y/useSemanticElements: only the rows on screen exist, each put in its place, which a table cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: one cell is the tab stop of the whole grid
import { Link } from '@tanstack/react-router'
import { memo, type ReactNode, useRef } from 'react'
import type { CustomValues } from '#modules/objects/contract'
import type { RowWire } from '../list/rows-api.ts'
import { useLanguage } from '../use-language.ts'
import { ValueEditor } from '../value-editor.tsx'
import { CellValue, isFigure, type Names } from './cell-value.tsx'
import classes from './grid.module.css'
import type { Column } from './list-columns.ts'

type Json = CustomValues[string]

/** What a row can tell the grid. */
export interface RowHands {
  hrefOf(id: string): string
  /** What stands before the name of a row. */
  before(row: RowWire, size: number): ReactNode
  onEdit(line: number, column: number): void
  /** `isByHand`: the editor still had the focus, so it goes back to the cell. */
  onClosed(isByHand: boolean): void
  onWrite(id: string, field: string, value: Json): void
  onTick(id: string, isRange: boolean): void
}

interface GridCellProps {
  row: RowWire
  column: Column
  line: number
  index: number
  names: Names
  isTabStop: boolean
  isEditable: boolean
  isEdited: boolean
  hands: RowHands
}

/** One cell: a value, or the editor of its type. The first one leads to the card. */
export const GridCell = memo(function GridCell({
  row,
  column,
  line,
  index,
  names,
  isTabStop,
  isEditable,
  isEdited,
  hands,
}: GridCellProps) {
  const { field, isTitle } = column
  const value = row.values[field.key] ?? null
  return (
    <div
      role="gridcell"
      className={classes.cell}
      aria-colindex={index + 1}
      aria-readonly={!isEditable}
      tabIndex={isTabStop ? 0 : -1}
      data-place={`${line}:${index}`}
      data-first={isTitle || undefined}
      data-figure={isFigure(field) || undefined}
      data-edited={isEdited || undefined}
      onDoubleClick={() => isEditable && hands.onEdit(line, index)}
    >
      {isEdited ? (
        <CellEditor row={row} column={column} value={value} hands={hands} />
      ) : isTitle ? (
        <Link
          to={hands.hrefOf(row.id)}
          search={((before: object) => before) as never}
          className={classes.name ?? ''}
          preload={false}
          tabIndex={-1}
          data-opens
        >
          {hands.before(row, 26)}
          <span className="okno-clip">{row.name}</span>
        </Link>
      ) : (
        <span className="okno-clip okno-numbers">
          <CellValue field={field} value={value} names={names} />
        </span>
      )}
    </div>
  )
})

interface CellEditorProps {
  row: RowWire
  column: Column
  value: Json
  hands: RowHands
}

/** Fields with several values get one more; everything else is replaced. */
function CellEditor({ row, column: { field }, value, hands }: CellEditorProps) {
  const language = useLanguage()
  const box = useRef<HTMLDivElement>(null)
  const isOver = useRef(false)
  const isAdding = field.isMany && field.type !== 'multi_choice'
  const close = (next?: { value: Json }) => {
    if (isOver.current) return
    isOver.current = true
    const isByHand = box.current?.contains(document.activeElement) ?? false
    const isNew = next && JSON.stringify(next.value) !== JSON.stringify(isAdding ? null : value)
    if (isNew) hands.onWrite(row.id, field.key, isAdding ? [...listOf(value), next.value] : next.value)
    hands.onClosed(isByHand)
  }
  return (
    <div ref={box} className={classes.editor}>
      <ValueEditor
        field={field}
        label={field.label[language]}
        value={isAdding ? null : value}
        onSave={(next) => close({ value: next })}
        onCancel={() => close()}
      />
    </div>
  )
}

const listOf = (value: Json): Json[] => (Array.isArray(value) ? value : value === null ? [] : [value])
