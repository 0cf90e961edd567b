import { Button, Skeleton } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState, formatDay, useNow } from '#platform/web'
import { inReadingOrder } from '../cached-messages.ts'
import { type MessageWire, messagesQuery } from '../inbox-api.ts'
import { EventLine } from './event-line.tsx'
import { MessageItem } from './message-item.tsx'
import { SendingItems } from './sending-items.tsx'
import classes from './thread.module.css'

/** Everything said and done in one conversation, through all channels, oldest first. */
export function Thread({ conversationId, matter }: { conversationId: string; matter: string }) {
  const { t, i18n } = useTranslation()
  const now = new Date(useNow())
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    messagesQuery(conversationId),
  )
  const days = useMemo(() => (data ? byDay(inReadingOrder(data)) : []), [data])
  const box = useRef<HTMLDivElement>(null)
  const { ref: top, entry } = useIntersection({ root: box.current, rootMargin: '400px' })
  const isTopNear = entry?.isIntersecting ?? false
  useEffect(() => {
    if (isTopNear && hasNextPage && !isFetchingNextPage && !error) void fetchNextPage()
  }, [isTopNear, hasNextPage, isFetchingNextPage, error, fetchNextPage])

  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
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
        {days.map(([day, said]) => (
          <section key={day} className={classes.dayGroup}>
            <div className={classes.day}>{formatDay(new Date(day), now, i18n.language)}</div>
            {said.map((message) =>
              message.direction === 'event' ? (
                <EventLine key={message.id} message={message} />
              ) : (
                <MessageItem key={message.id} message={message} matter={matter} />
              ),
            )}
          </section>
        ))}
        <SendingItems conversationId={conversationId} />
      </div>
    </section>
  )
}

/** Neighbours of one day (by the clock of this computer) together, under the moment of the first. */
function byDay(messages: readonly MessageWire[]): [string, MessageWire[]][] {
  const days: [string, MessageWire[]][] = []
  for (const message of messages) {
    const last = days.at(-1)
    if (last && new Date(last[0]).toDateString() === new Date(message.sentAt).toDateString()) last[1].push(message)
    else days.push([message.sentAt, [message]])
  }
  return days
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
