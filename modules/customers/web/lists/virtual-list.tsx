import { Loader } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './lists.module.css'

const ROW_PX = 60
const OVERSCAN = 10
/** The next page is asked for when so few rows are left below. */
const AHEAD = 15

/** Rows of one height, of which only those on screen exist. */
export function VirtualList<Item extends { id: string }>({
  label,
  items,
  row,
  isStale,
  hasMore,
  isLoadingMore,
  onMore,
}: {
  label: string
  items: readonly Item[]
  row: (item: Item) => ReactNode
  /** Shows what was found before, until the new answer is there. */
  isStale: boolean
  hasMore: boolean
  isLoadingMore: boolean
  onMore: () => void
}) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    getItemKey: (index) => items[index]?.id ?? index,
  })
  const rows = virtual.getVirtualItems()
  const last = rows.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && !isLoadingMore && last >= items.length - AHEAD) onMore()
  }, [last, items.length, hasMore, isLoadingMore, onMore])
  return (
    <div className="okno-window" ref={box} aria-busy={isStale} style={isStale ? { opacity: 0.6 } : undefined}>
      <ul style={{ height: virtual.getTotalSize() }} aria-label={label}>
        {rows.map(({ index, start, key }) => {
          const item = items[index]
          return (
            item && (
              <li
                key={key}
                className="okno-window-row"
                style={{ height: ROW_PX, transform: `translateY(${start}px)` }}
                aria-setsize={hasMore ? -1 : items.length}
                aria-posinset={index + 1}
              >
                {row(item)}
              </li>
            )
          )
        })}
      </ul>
      {isLoadingMore && (
        <div className={classes.more}>
          <Loader size="xs" aria-label={t('states.loading')} />
        </div>
      )}
    </div>
  )
}
