import { Button, Loader } from '@mantine/core'
import { IconFilterOff, IconInbox, IconSearchOff } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState, ErrorState, givesWay, isAway, usePreference, useShortcuts } from '#platform/web'
import { queueQuery } from '../inbox-api.ts'
import { useInboxAddress } from '../use-inbox-address.ts'
import classes from './queue.module.css'
import { QueueRow } from './queue-row.tsx'
import { QueueSkeleton } from './queue-skeleton.tsx'

const ROW_PX = { comfortable: 82, compact: 54 }
const OVERSCAN = 8
/** The next page is asked for when so few rows are left below. */
const AHEAD = 12

/** Conversations of the view: only the rows on screen exist, so 50,000 scroll as smoothly as 50. */
export function QueueList() {
  const { t } = useTranslation()
  const { query, conversationId, open } = useInboxAddress()
  const [density] = usePreference('density', 'comfortable')
  const { data, error, isPending, isPlaceholderData, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(queueQuery(query))
  const conversations = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  const box = useRef<HTMLDivElement>(null)
  const rowPx = ROW_PX[density]
  const virtual = useVirtualizer({
    count: conversations.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
    getItemKey: (index) => conversations[index]?.id ?? index,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new height of rows moves them all
  useEffect(() => virtual.measure(), [rowPx, virtual])
  const rows = virtual.getVirtualItems()
  const last = rows.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !error && last >= conversations.length - AHEAD) void fetchNextPage()
  }, [last, conversations.length, hasNextPage, isFetchingNextPage, error, fetchNextPage])

  const at = conversations.findIndex(({ id }) => id === conversationId)
  const move = (step: 1 | -1) => {
    const index = at < 0 ? 0 : Math.min(Math.max(at + step, 0), conversations.length - 1)
    const next = conversations[index]
    if (!next) return
    virtual.scrollToIndex(index, { align: 'auto' })
    open(next.id, { replace: at >= 0 })
  }
  useShortcuts({ j: () => move(1), k: () => move(-1) })

  if (givesWay(data, error) || (error && !isAway(error)))
    return <ErrorState error={error} onRetry={() => void refetch()} />
  if (isPending) return <QueueSkeleton rowPx={rowPx} />
  if (conversations.length === 0) return <NothingHere />
  return (
    <div
      className="okno-window"
      ref={box}
      aria-busy={isPlaceholderData}
      style={isPlaceholderData ? { opacity: 0.6 } : undefined}
    >
      <ul style={{ height: virtual.getTotalSize() }} aria-label={t(`inbox.views.${query.view}`)}>
        {rows.map(({ index, start, key }) => {
          const conversation = conversations[index]
          return (
            conversation && (
              <QueueRow
                key={key}
                conversation={conversation}
                isOpen={conversation.id === conversationId}
                style={{ height: rowPx, transform: `translateY(${start}px)` }}
              />
            )
          )
        })}
      </ul>
      {isFetchingNextPage && (
        <div className={classes.loadingMore}>
          <Loader size="xs" role="status" aria-label={t('states.loading')} />
        </div>
      )}
    </div>
  )
}

/** Why the list is empty, and the way out of it. */
function NothingHere() {
  const { t } = useTranslation()
  const { query, change } = useInboxAddress()
  const isFiltered = Object.keys(query.filter).length > 0
  if (query.q !== '')
    return (
      <EmptyState
        icon={IconSearchOff}
        title={t('inbox.queue.notFound')}
        text={t('inbox.queue.notFoundText', { words: query.q })}
      >
        <Button size="xs" variant="light" onClick={() => change({ q: undefined, view: 'all' })}>
          {t('inbox.queue.showAll')}
        </Button>
      </EmptyState>
    )
  if (isFiltered)
    return (
      <EmptyState icon={IconFilterOff} title={t('inbox.queue.filteredOut')}>
        <Button
          size="xs"
          variant="light"
          onClick={() => change({ channel: undefined, team: undefined, tag: undefined })}
        >
          {t('inbox.queue.dropFilters')}
        </Button>
      </EmptyState>
    )
  return (
    <EmptyState icon={IconInbox} title={t(`inbox.empty.${query.view}`)} text={t(`inbox.emptyText.${query.view}`)} />
  )
}
