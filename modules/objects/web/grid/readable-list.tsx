import { Button, Checkbox, Loader } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Field, valueTypeOf } from '#platform/shared/objects/object'
import type { RowWire } from '../list/rows-api.ts'
import { CellValue, type Names } from './cell-value.tsx'
import classes from './grid.module.css'
import type { Line } from './grid.tsx'
import { GroupButton } from './group-row.tsx'
import type { Column } from './list-columns.ts'
import { everyOf, isChosen, NOTHING, type Selection, toggled } from './selection.ts'

interface ReadableListProps {
  label: string
  columns: readonly Column[]
  lines: readonly Line[]
  names: Names
  canEdit: boolean
  selection: Selection
  hrefOf: (id: string) => string
  before: (row: RowWire, size: number) => ReactNode
  onSelect: (selection: Selection) => void
  onToggle: (groupId: string) => void
  isStale: boolean
  hasMore: boolean
  isLoadingMore: boolean
  onSeen: (first: number, last: number) => void
}

const ROW_PX = 62
const HEADING_PX = 44
/** With a word about what stands under it, on a line of its own: nothing hovers over a title here. */
const TOLD_HEADING_PX = 84
const AHEAD = 20

/** A list where there is no room for columns: the name, the first things that are known, and a mark. Pressed rows open, or are chosen. */
export function ReadableList(props: ReadableListProps) {
  const { label, lines, canEdit, selection, onSelect, isStale, hasMore, isLoadingMore, onSeen } = props
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const [isChoosing, setChoosing] = useState(false)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => heightOf(lines[index]),
    overscan: 8,
    getItemKey: (index) => lines[index]?.id ?? index,
  })
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {}
  useEffect(() => onSeen(startIndex, endIndex + AHEAD), [startIndex, endIndex, onSeen])
  const turn = () => {
    setChoosing(!isChoosing)
    onSelect(NOTHING)
  }
  const all = () => onSelect(everyOf(lines.flatMap((line) => (line.kind === 'row' ? [line.row.id] : []))))
  return (
    <>
      {canEdit && (
        <div className={classes.choosing}>
          {isChoosing && (
            <Button size="compact-sm" variant="subtle" onClick={all}>
              {t('objects.list.chooseShown')}
            </Button>
          )}
          <Button size="compact-sm" variant="subtle" ms="auto" aria-pressed={isChoosing} onClick={turn}>
            {t(isChoosing ? 'objects.list.stopChoosing' : 'objects.list.startChoosing')}
          </Button>
        </div>
      )}
      <div className="okno-window" ref={box} aria-busy={isStale} style={isStale ? { opacity: 0.6 } : undefined}>
        <ul style={{ height: virtual.getTotalSize() }} aria-label={label}>
          {virtual.getVirtualItems().map(({ index, start, size, key }) => {
            const line = lines[index]
            return (
              line && (
                <li
                  key={key}
                  className="okno-window-row"
                  style={{ height: size, transform: `translateY(${start}px)` }}
                  aria-setsize={hasMore ? -1 : lines.length}
                  aria-posinset={index + 1}
                >
                  <ReadableLine
                    {...props}
                    line={line}
                    onChoose={isChoosing ? (id) => onSelect(toggled(selection, id)) : undefined}
                  />
                </li>
              )
            )
          })}
        </ul>
        {isLoadingMore && <Loader size="xs" className={classes.more ?? ''} aria-label={t('states.loading')} />}
      </div>
    </>
  )
}

const heightOf = (line: Line | undefined) =>
  line?.kind !== 'group' ? ROW_PX : line.group.hint ? TOLD_HEADING_PX : HEADING_PX

interface ReadableLineProps extends ReadableListProps {
  line: Line
  /** Given while rows are chosen instead of opened. */
  onChoose: ((id: string) => void) | undefined
}

function ReadableLine(props: ReadableLineProps) {
  const { line, columns, names, selection, hrefOf, before, onToggle, onChoose } = props
  const { t } = useTranslation()
  if (line.kind === 'group') return <GroupButton group={line.group} onToggle={() => onToggle(line.id)} />
  if (line.kind === 'loading') return <Loader size="xs" m="md" />
  const { row } = line
  const others = columns.filter(({ field, isTitle }) => !isTitle && !isBlank(row.values[field.key]))
  const mark = others.find(({ field }) => valueTypeOf(field) === 'choice')
  const told = others.filter((column) => column !== mark).slice(0, 2)
  const cell = (field: Field) => <CellValue field={field} value={row.values[field.key] ?? null} names={names} />
  const words = (
    <>
      <span className="okno-clip">
        <strong className="okno-clip">{row.name}</strong>
        <span className={`${classes.told} okno-clip`}>
          {told.map(({ field }, i) => (
            <span key={field.key}>
              {i > 0 && ' · '}
              {cell(field)}
            </span>
          ))}
        </span>
      </span>
      {mark && <span>{cell(mark.field)}</span>}
    </>
  )
  if (onChoose) {
    const name = t('objects.list.choose', { name: row.name, interpolation: { escapeValue: false } })
    const isTicked = isChosen(selection, row.id)
    return (
      // The whole row is the label of its box, so that a thumb finds it.
      <label className={classes.readable} htmlFor={`choose-${line.id}`} data-chosen={isTicked || undefined}>
        <Checkbox
          id={`choose-${line.id}`}
          size="md"
          m="auto"
          aria-label={name}
          checked={isTicked}
          onChange={() => onChoose(row.id)}
        />
        {words}
      </label>
    )
  }
  return (
    <Link
      to={hrefOf(row.id)}
      search={((search: object) => search) as never}
      className={classes.readable ?? ''}
      preload={false}
    >
      {before(row, 34)}
      {words}
    </Link>
  )
}

const isBlank = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
