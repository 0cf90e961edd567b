import { Loader } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type Field, valueTypeOf } from '#platform/shared/objects/object'
import { Initials } from '#platform/web'
import { CellValue, type Names } from './cell-value.tsx'
import classes from './grid.module.css'
import type { Line } from './grid.tsx'
import { GroupButton } from './group-row.tsx'
import { type Column, NAME } from './list-columns.ts'

interface ReadableListProps {
  label: string
  columns: readonly Column[]
  lines: readonly Line[]
  names: Names
  hrefOf: (id: string) => string
  onToggle: (groupId: string) => void
  isStale: boolean
  hasMore: boolean
  isLoadingMore: boolean
  onSeen: (first: number, last: number) => void
}

const ROW_PX = 62
const AHEAD = 20

/** A list where there is no room for columns: the name, the first things that are known, and a mark. */
export function ReadableList(props: ReadableListProps) {
  const { label, lines, isStale, hasMore, isLoadingMore, onSeen } = props
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
    getItemKey: (index) => lines[index]?.id ?? index,
  })
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {}
  useEffect(() => onSeen(startIndex, endIndex + AHEAD), [startIndex, endIndex, onSeen])
  return (
    <div className="okno-window" ref={box} aria-busy={isStale} style={isStale ? { opacity: 0.6 } : undefined}>
      <ul style={{ height: virtual.getTotalSize() }} aria-label={label}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const line = lines[index]
          return (
            line && (
              <li
                key={key}
                className="okno-window-row"
                style={{ height: ROW_PX, transform: `translateY(${start}px)` }}
                aria-setsize={hasMore ? -1 : lines.length}
                aria-posinset={index + 1}
              >
                <ReadableLine {...props} line={line} />
              </li>
            )
          )
        })}
      </ul>
      {isLoadingMore && <Loader size="xs" className={classes.more ?? ''} aria-label={t('states.loading')} />}
    </div>
  )
}

function ReadableLine({ line, columns, names, hrefOf, onToggle }: ReadableListProps & { line: Line }) {
  if (line.kind === 'group') return <GroupButton group={line.group} onToggle={() => onToggle(line.id)} />
  if (line.kind === 'loading') return <Loader size="xs" m="md" />
  const { row } = line
  const others = columns.filter(({ field }) => field.key !== NAME && !isBlank(row.values[field.key]))
  const mark = others.find(({ field }) => valueTypeOf(field) === 'choice')
  const told = others.filter((column) => column !== mark).slice(0, 2)
  const cell = (field: Field) => <CellValue field={field} value={row.values[field.key] ?? null} names={names} />
  return (
    <Link
      to={hrefOf(row.id)}
      search={((before: object) => before) as never}
      className={classes.readable ?? ''}
      preload={false}
    >
      <Initials id={row.id} name={row.name} size={34} />
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
    </Link>
  )
}

const isBlank = (value: unknown) => value === null || value === undefined || value === ''
