// biome-ignore-all lint/a11y/useSemanticElements: only the rows on screen exist, each put in its place, which a table cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: one cell is the tab stop of the whole grid
import { Checkbox, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { type PointerEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../use-language.ts'
import { isFigure } from './cell-value.tsx'
import classes from './grid.module.css'
import { type Column, movedColumn, resizedColumn } from './list-columns.ts'

interface GridHeadProps {
  columns: readonly Column[]
  /** Keys of fields with a direction, as lists are sorted. */
  sort: string
  /** Found by words, rows stand best first and in no other order. */
  isSortable: boolean
  /** The column that is the grid's one tab stop, when it is in the head. */
  active: number | null
  chosen: 'none' | 'some' | 'all'
  onSort: (key: string) => void
  onColumns: (columns: readonly Column[]) => void
  /** The width while it is being drawn; the row of columns follows at once. */
  onDrawn: (columns: readonly Column[]) => void
  onTickAll: () => void
}

/** The names of the columns: pressed they sort, drawn they stand elsewhere, drawn by their edge they are wider. */
export function GridHead({ columns, sort, isSortable, active, chosen, onTickAll, ...hands }: GridHeadProps) {
  const { t } = useTranslation()
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" aria-rowindex={1} className={classes.row}>
        <div
          role="columnheader"
          className={classes.cell}
          aria-colindex={1}
          data-tick
          data-place="-1:0"
          tabIndex={active === 0 ? 0 : -1}
        >
          <Checkbox
            size="xs"
            tabIndex={-1}
            aria-label={t('objects.list.chooseAll')}
            checked={chosen === 'all'}
            indeterminate={chosen === 'some'}
            onChange={onTickAll}
          />
        </div>
        {columns.map((column, i) => (
          <HeadCell
            key={column.field.key}
            columns={columns}
            index={i}
            column={column}
            direction={isSortable ? directionOf(sort, column.field.key) : undefined}
            isSortable={isSortable && column.field.can.sort}
            isTabStop={active === i + 1}
            {...hands}
          />
        ))}
      </div>
    </div>
  )
}

type Direction = 'ascending' | 'descending'

function directionOf(sort: string, key: string): Direction | undefined {
  const [first] = sort.split(',')
  if (first === key) return 'ascending'
  return first === `-${key}` ? 'descending' : undefined
}

interface HeadCellProps extends Pick<GridHeadProps, 'onSort' | 'onColumns' | 'onDrawn'> {
  columns: readonly Column[]
  index: number
  column: Column
  direction: Direction | undefined
  isSortable: boolean
  isTabStop: boolean
}

const DRAGGED = 'application/x-okno-column'

function HeadCell({
  columns,
  index,
  column: { field, width },
  direction,
  isSortable,
  isTabStop,
  onSort,
  onColumns,
  onDrawn,
}: HeadCellProps) {
  const language = useLanguage()
  const [isTarget, setTarget] = useState(false)
  const Arrow = direction === 'descending' ? IconArrowDown : IconArrowUp
  const name = (
    <>
      <span className="okno-clip">{field.label[language]}</span>
      {direction && <Arrow size={14} aria-hidden />}
    </>
  )
  return (
    <div
      role="columnheader"
      className={classes.cell}
      aria-colindex={index + 2}
      aria-sort={direction ?? (isSortable ? 'none' : undefined)}
      data-place={`-1:${index + 1}`}
      data-first={index === 0 || undefined}
      data-figure={isFigure(field) || undefined}
      data-target={isTarget || undefined}
      title={field.help?.[language]}
      tabIndex={isTabStop ? 0 : -1}
      draggable={index > 0}
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED, String(index))}
      onDragOver={(event) => {
        if (index === 0 || !event.dataTransfer.types.includes(DRAGGED)) return
        event.preventDefault()
        setTarget(true)
      }}
      onDragLeave={() => setTarget(false)}
      onDrop={(event) => {
        setTarget(false)
        onColumns(movedColumn(columns, Number(event.dataTransfer.getData(DRAGGED)), index))
      }}
    >
      {isSortable ? (
        <UnstyledButton tabIndex={-1} className={classes.sort ?? ''} fz="xs" onClick={() => onSort(field.key)}>
          {name}
        </UnstyledButton>
      ) : (
        <span className={classes.sort}>{name}</span>
      )}
      <Edge
        width={width}
        onDraw={(next) => onDrawn(resizedColumn(columns, index, next))}
        onDrawn={(next) => onColumns(resizedColumn(columns, index, next))}
      />
    </div>
  )
}

/** The edge by which a column is drawn wider. By keyboard the grid does it. */
function Edge({
  width,
  onDraw,
  onDrawn,
}: {
  width: number
  onDraw: (width: number) => void
  onDrawn: (width: number) => void
}) {
  const [from, setFrom] = useState<{ x: number; width: number } | null>(null)
  const widthAt = ({ clientX }: PointerEvent) => (from ? from.width + clientX - from.x : width)
  return (
    <span
      className={classes.edge}
      aria-hidden
      draggable
      onDragStart={(event) => {
        // The column itself is drawn to another place by its name only.
        event.preventDefault()
        event.stopPropagation()
      }}
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        setFrom({ x: event.clientX, width })
      }}
      onPointerMove={(event) => from && onDraw(widthAt(event))}
      onPointerUp={(event) => {
        if (from) onDrawn(widthAt(event))
        setFrom(null)
      }}
    />
  )
}
