import { Button, Skeleton } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Fragment, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState, formatDay, useNow } from '#platform/web'
import { inReadingOrder } from '../cached-messages.ts'
import { messagesQuery } from '../inbox-api.ts'
import { EventLine } from './event-line.tsx'
import { MessageItem } from './message-item.tsx'
import { SendingItems } from './sending-items.tsx'
import classes from './thread.module.css'

/** Everything said and done in one conversation, through all channels, oldest first. */
export function Thread({ conversationId }: { conversationId: string }) {
  const { t, i18n } = useTranslation()
  const now = new Date(useNow())
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    messagesQuery(conversationId),
  )
  const messages = useMemo(() => (data ? inReadingOrder(data) : []), [data])
  const box = useRef<HTMLDivElement>(null)
  const { ref: top, entry } = useIntersection({ root: box.current, rootMargin: '400px' })
  const isTopNear = entry?.isIntersecting ?? false
  useEffect(() => {
    if (isTopNear && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [isTopNear, hasNextPage, isFetchingNextPage, fetchNextPage])

  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  const dayOf = (at: string | undefined) => (at === undefined ? '' : new Date(at).toDateString())
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section className={classes.scroll} ref={box} tabIndex={0} aria-label={t('inbox.thread')}>
      <div className={classes.inner} role="log" aria-live="polite" aria-relevant="additions">
        {isPending && <ThreadSkeleton />}
        {hasNextPage && (
          <Button
            ref={top}
            variant="subtle"
            size="xs"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {t('inbox.earlier')}
          </Button>
        )}
        {messages.map((message, index) => (
          <Fragment key={message.id}>
            {dayOf(message.sentAt) !== dayOf(messages[index - 1]?.sentAt) && (
              <div className={classes.day}>{formatDay(new Date(message.sentAt), now, i18n.language)}</div>
            )}
            {message.direction === 'event' ? <EventLine message={message} /> : <MessageItem message={message} />}
          </Fragment>
        ))}
        <SendingItems conversationId={conversationId} />
      </div>
    </section>
  )
}

function ThreadSkeleton() {
  return (
    <>
      <Skeleton height={64} width="60%" radius="lg" />
      <Skeleton height={44} width="45%" radius="lg" ml="auto" />
      <Skeleton height={90} width="70%" radius="lg" />
    </>
  )
}
