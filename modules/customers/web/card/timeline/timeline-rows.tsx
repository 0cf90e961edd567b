import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay, useNow } from '#platform/web'
import { useCompanyZone } from '../../company-time.tsx'
import { toWall } from '../../tasks/wall-time.ts'
import type { TimelineWire } from '../card-api.ts'
import type { DayRow } from './day-rows.ts'
import classes from './timeline.module.css'
import { TimelineItem } from './timeline-entry.tsx'
import { useOwnScroll } from './use-own-scroll.ts'

const DAY_PX = 30
const ENTRY_PX = 50
const OVERSCAN = 12
/** The next page is asked for when so few rows are left below. */
const AHEAD = 20

/** Rows of which only those in view exist, in the box in which the whole card scrolls. The day one reads in stays at the top. */
export function TimelineRows({
  rows,
  label,
  onEnd,
}: {
  rows: readonly DayRow<TimelineWire>[]
  label: string
  /** Asks for what comes below; null = nothing does, or it is on its way. */
  onEnd: (() => void) | null
}) {
  const { i18n } = useTranslation()
  // Days are the company's, so they are named by its calendar.
  const today = new Date(toWall(new Date(useNow()), useCompanyZone()))
  const [list, setList] = useState<HTMLOListElement | null>(null)
  const { scroller, margin } = useOwnScroll(list)
  const days = rows.flatMap(({ type }, index) => (type === 'day' ? [index] : []))
  const dayAt = (index: number) => days.findLast((day) => day <= index) ?? 0
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: (index) => (rows[index]?.type === 'day' ? DAY_PX : ENTRY_PX),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: OVERSCAN,
    scrollMargin: margin,
    rangeExtractor: (range) => [...new Set([dayAt(range.startIndex), ...defaultRangeExtractor(range)])],
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index
  const shownDay = virtual.range ? dayAt(virtual.range.startIndex) : 0
  useEffect(() => {
    const isNearEnd = rows.length === 0 || (last !== undefined && last >= rows.length - AHEAD)
    if (onEnd && isNearEnd) onEnd()
  }, [last, rows.length, onEnd])
  return (
    <ol ref={setList} className={classes.timeline} style={{ height: virtual.getTotalSize() }} aria-label={label}>
      {items.map(({ index, key, start }) => {
        const row = rows[index]
        if (!row) return null
        const isSticky = index === shownDay && row.type === 'day'
        return (
          <li
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            className={row.type === 'day' ? classes.day : classes.row}
            style={isSticky ? { position: 'sticky', top: 0 } : { transform: `translateY(${start - margin}px)` }}
          >
            {row.type === 'day' ? (
              formatDay(new Date(`${row.key}T12:00`), today, i18n.language)
            ) : (
              <TimelineItem entry={row.entry} />
            )}
          </li>
        )
      })}
    </ol>
  )
}
