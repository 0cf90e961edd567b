import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState, LoadingState } from '#platform/web'
import { findInQueues } from '../cached-queue.ts'
import { Composer } from '../composer/composer.tsx'
import { type ComposerControl, ComposerControlProvider } from '../composer/composer-control.ts'
import { conversationQuery } from '../inbox-api.ts'
import { WhoSpeaks } from '../person/who-speaks.tsx'
import classes from './conversation.module.css'
import { ConversationHeader } from './conversation-header.tsx'
import { Thread } from './thread.tsx'
import { useReading } from './use-reading.ts'
import { WhoIsHere } from './who-is-here.tsx'

/** The middle column: one conversation, from its head to the box in which it is answered. */
export default function ConversationPane({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const {
    data: conversation,
    error,
    refetch,
  } = useQuery({
    ...conversationQuery(conversationId),
    placeholderData: () => findInQueues(cache, conversationId),
  })
  const composer = useRef<ComposerControl>(null)
  const control = useMemo<ComposerControl>(
    () => ({
      focus: (mode) => composer.current?.focus(mode),
      rewrite: (written) => composer.current?.rewrite(written),
      openSnippets: () => composer.current?.openSnippets(),
    }),
    [],
  )
  useReading(conversation)
  if (!conversation && !error) return <LoadingState />
  if (!conversation) {
    const missing = { title: t('inbox.missing.title'), to: '/inbox', back: t('inbox.missing.toInbox') }
    return <ErrorState error={error} onRetry={() => void refetch()} missing={missing} />
  }
  return (
    <ComposerControlProvider value={control}>
      <section
        className={classes.pane}
        aria-label={t('inbox.conversationOf', { name: conversation.person.name, number: conversation.number })}
      >
        <ConversationHeader conversation={conversation} />
        <Thread key={`thread ${conversationId}`} conversationId={conversationId} matter={conversation.subject} />
        <WhoSpeaks conversation={conversation} />
        <WhoIsHere conversationId={conversationId} />
        <Composer key={conversationId} conversation={conversation} ref={composer} />
      </section>
    </ComposerControlProvider>
  )
}
