// biome-ignore-all lint/a11y/useSemanticElements: only the rows on screen exist, each put in its place, which a table cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: one cell is the tab stop of the whole grid
import { Loader } from '@mantine/core'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomValues } from '#modules/objects/contract'
import { usePreference } from '#platform/web'
import type { RowWire } from '../list/rows-api.ts'
import type { Names } from './cell-value.tsx'
import classes from './grid.module.css'
import type { RowHands } from './grid-cell.tsx'
import { GridHead } from './grid-head.tsx'
import { GridRow } from './grid-row.tsx'
import { type GroupHead, GroupRow } from './group-row.tsx'
import type { Column } from './list-columns.ts'
import { everyOf, extended, isChosen, NOTHING, type Selection, toggled } from './selection.ts'
import { useGridKeys } from './use-grid-keys.ts'

/** One line of a list: a row, or the heading over a group of rows. */
export type Line =
  /** `id` is the line's own: a row may stand under several headings. */
  | { readonly kind: 'row'; readonly id: string; readonly row: RowWire }
  | { readonly kind: 'group'; readonly id: string; readonly group: GroupHead }
  | { readonly kind: 'loading'; readonly id: string; readonly groupId: string }

interface GridProps {
  label: string
  columns: readonly Column[]
  lines: readonly Line[]
  names: Names
  canEdit: boolean
  sort: string
  isSortable: boolean
  openId: string | undefined
  selection: Selection
  hrefOf: (id: string) => string
  before: (row: RowWire, size: number) => ReactNode
  onSelect: (selection: Selection) => void
  onSort: (key: string) => void
  onColumns: (columns: readonly Column[]) => void
  onOpen: (id: string) => void
  onWrite: (id: string, field: string, value: CustomValues[string]) => void
  onToggle: (groupId: string) => void
  /** Shows what was found before, until the new answer is there. */
  isStale: boolean
  hasMore: boolean
  isLoadingMore: boolean
  /** Hears from which to which line there is something on screen, a little ahead. */
  onSeen: (first: number, last: number) => void
}

const ROW_PX = { comfortable: 44, compact: 36 } as const
const OVERSCAN = 8
/** The next page is asked for when so few rows are left below. */
const AHEAD = 30
/** The box that chooses a row. */
const TICK_PX = 44

/**
 * Rows and columns of any object, of which only the rows on screen exist: read, chosen, sorted and edited by mouse and by keyboard as the
 * grid pattern of WAI-ARIA says. One cell is the tab stop; it stays in the document wherever the rest is scrolled.
 */
export function Grid(props: GridProps) {
  const { label, columns, lines, names, canEdit, sort, isSortable, openId, selection, isStale, hasMore } = props
  const { onSelect, onSeen, isLoadingMore } = props
  const { t } = useTranslation()
  const [density] = usePreference('density', 'comfortable')
  const box = useRef<HTMLDivElement>(null)
  /** Columns as they stand while an edge is drawn. */
  const [drawn, setDrawn] = useState<readonly Column[] | null>(null)
  const shown = drawn ?? columns
  const order = useMemo(() => lines.flatMap((line) => (line.kind === 'row' ? [line.row.id] : [])), [lines])
  const keys = useGridKeys({ ...props, box, order })
  const { active, edited } = keys

  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX[density],
    overscan: OVERSCAN,
    getItemKey: (index) => lines[index]?.id ?? index,
    // The tab stop stays in the document, else the focus would be lost by scrolling.
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range)
      const kept = active.line
      return kept < 0 || kept >= lines.length || seen.includes(kept) ? seen : [...seen, kept].sort((a, b) => a - b)
    },
  })
  const items = virtual.getVirtualItems()
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {}
  useEffect(() => onSeen(startIndex, endIndex + AHEAD), [startIndex, endIndex, onSeen])
  keys.follow(virtual)

  const latest = useRef({ order, ...props })
  latest.current = { order, ...props }
  const hands = useMemo<RowHands>(
    () => ({
      hrefOf: (id) => latest.current.hrefOf(id),
      before: (row, size) => latest.current.before(row, size),
      onEdit: keys.edit,
      onClosed: keys.closed,
      onWrite: (id, field, value) => latest.current.onWrite(id, field, value),
      onTick: (id, isRange) => {
        const { selection: before, order: ids, onSelect: select } = latest.current
        select(isRange ? extended(before, id, ids) : toggled(before, id))
      },
    }),
    [keys.edit, keys.closed],
  )
  const chosen =
    selection.isAll || (order.length > 0 && order.every((id) => selection.ids.has(id)))
      ? 'all'
      : selection.ids.size > 0
        ? 'some'
        : 'none'
  const width = TICK_PX + shown.reduce((sum, column) => sum + column.width, 0)
  const style = {
    '--columns': `${TICK_PX}px ${shown.map((column) => `${column.width}px`).join(' ')}`,
    '--width': `${width}px`,
    '--first': `${TICK_PX}px`,
    '--stays': `${TICK_PX + (shown[0]?.width ?? 0)}px`,
    '--row': `${ROW_PX[density]}px`,
  } as CSSProperties
  return (
    <div
      role="grid"
      ref={box}
      className={classes.grid}
      style={style}
      aria-label={label}
      aria-multiselectable
      aria-rowcount={hasMore ? -1 : lines.length + 1}
      aria-colcount={shown.length + 1}
      aria-busy={isStale}
      data-stale={isStale || undefined}
      onKeyDown={keys.onKeyDown}
      onFocus={keys.onFocus}
    >
      <GridHead
        columns={shown}
        sort={sort}
        isSortable={isSortable}
        active={active.line === -1 ? active.column : null}
        chosen={chosen}
        onSort={props.onSort}
        onColumns={(next) => {
          setDrawn(null)
          props.onColumns(next)
        }}
        onDrawn={setDrawn}
        onTickAll={() => onSelect(chosen === 'all' ? NOTHING : everyOf(order))}
      />
      <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start, key }) => {
          const line = lines[index]
          const at = { transform: `translateY(${start}px)` }
          const isActive = active.line === index
          return (
            <div key={key} role="presentation" className={classes.place} style={at}>
              {line?.kind === 'row' && (
                <GridRow
                  row={line.row}
                  line={index}
                  columns={shown}
                  names={names}
                  canEdit={canEdit}
                  isChosen={isChosen(selection, line.row.id)}
                  isOpen={line.row.id === openId}
                  active={isActive ? active.column : null}
                  edited={edited?.line === index ? edited.column : null}
                  hands={hands}
                />
              )}
              {line?.kind === 'group' && (
                <GroupRow
                  group={line.group}
                  line={index}
                  span={shown.length + 1}
                  isTabStop={isActive}
                  onToggle={() => props.onToggle(line.id)}
                />
              )}
              {line?.kind === 'loading' && <WaitingRow line={index} span={shown.length + 1} />}
            </div>
          )
        })}
      </div>
      {isLoadingMore && <Loader size="xs" className={classes.more ?? ''} aria-label={t('states.loading')} />}
    </div>
  )
}

function WaitingRow({ line, span }: { line: number; span: number }) {
  const { t } = useTranslation()
  return (
    <div role="row" aria-rowindex={line + 2} className={classes.group}>
      <div role="gridcell" aria-colspan={span}>
        <Loader size="xs" aria-label={t('states.loading')} />
      </div>
    </div>
  )
}
