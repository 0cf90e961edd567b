// biome-ignore-all lint/a11y/useSemanticElements: only the rows on screen exist, each put in its place, which a table cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: one cell is the tab stop of the whole grid
import { Link } from '@tanstack/react-router'
import { memo, useRef } from 'react'
import type { CustomValues } from '#modules/objects/contract'
import { Initials } from '#platform/web'
import type { RowWire } from '../list/rows-api.ts'
import { useLanguage } from '../use-language.ts'
import { ValueEditor } from '../value-editor.tsx'
import { CellValue, isFigure, type Names } from './cell-value.tsx'
import classes from './grid.module.css'
import { type Column, NAME } from './list-columns.ts'

type Json = CustomValues[string]

/** What a row can tell the grid. */
export interface RowHands {
  hrefOf(id: string): string
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
  column: { field },
  line,
  index,
  names,
  isTabStop,
  isEditable,
  isEdited,
  hands,
}: GridCellProps) {
  const value = row.values[field.key] ?? null
  return (
    <div
      role="gridcell"
      className={classes.cell}
      aria-colindex={index + 1}
      aria-readonly={!isEditable}
      tabIndex={isTabStop ? 0 : -1}
      data-place={`${line}:${index}`}
      data-first={field.key === NAME || undefined}
      data-figure={isFigure(field) || undefined}
      data-edited={isEdited || undefined}
      onDoubleClick={() => isEditable && hands.onEdit(line, index)}
    >
      {isEdited ? (
        <CellEditor row={row} column={{ field, width: 0 }} value={value} hands={hands} />
      ) : field.key === NAME ? (
        <Link
          to={hands.hrefOf(row.id)}
          search={((before: object) => before) as never}
          className={classes.name ?? ''}
          preload={false}
          tabIndex={-1}
          data-opens
        >
          <Initials id={row.id} name={row.name} size={26} />
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
