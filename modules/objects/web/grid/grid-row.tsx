// biome-ignore-all lint/a11y/useSemanticElements: only the rows on screen exist, each put in its place, which a table cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: one cell is the tab stop of the whole grid
import { Checkbox } from '@mantine/core'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RowWire } from '../list/rows-api.ts'
import type { Names } from './cell-value.tsx'
import classes from './grid.module.css'
import { GridCell, type RowHands } from './grid-cell.tsx'
import type { Column } from './list-columns.ts'

interface GridRowProps {
  row: RowWire
  line: number
  columns: readonly Column[]
  names: Names
  canEdit: boolean
  isChosen: boolean
  isOpen: boolean
  /** The column whose cell is the grid's one tab stop, when that is in this row. */
  active: number | null
  /** The column whose cell is being edited, when that is in this row. */
  edited: number | null
  hands: RowHands
}

/** One row of cells. Drawn anew only when something about it is other. */
export const GridRow = memo(function GridRow({
  row,
  line,
  columns,
  names,
  canEdit,
  isChosen,
  isOpen,
  active,
  edited,
  hands,
}: GridRowProps) {
  const { t } = useTranslation()
  return (
    <div
      role="row"
      aria-rowindex={line + 2}
      aria-selected={isChosen}
      className={classes.row}
      data-open={isOpen || undefined}
    >
      <div
        role="gridcell"
        className={classes.cell}
        aria-colindex={1}
        data-tick
        data-place={`${line}:0`}
        tabIndex={active === 0 ? 0 : -1}
      >
        <Checkbox
          size="xs"
          tabIndex={-1}
          checked={isChosen}
          aria-label={t('objects.list.choose', { name: row.name, interpolation: { escapeValue: false } })}
          onChange={() => undefined}
          onClick={(event) => hands.onTick(row.id, event.shiftKey)}
        />
      </div>
      {columns.map((column, i) => (
        <GridCell
          key={column.field.key}
          row={row}
          column={column}
          line={line}
          index={i + 1}
          names={names}
          isTabStop={active === i + 1}
          isEditable={canEdit && column.field.can.edit && column.field.type !== 'file'}
          isEdited={edited === i + 1}
          hands={hands}
        />
      ))}
    </div>
  )
})
