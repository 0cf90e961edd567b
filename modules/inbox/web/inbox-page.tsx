import { ActionIcon } from '@mantine/core'
import { IconArrowLeft, IconMessages } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CustomerCard } from '#modules/customers/web'
import { EmptyState, LoadingState, useShortcuts } from '#platform/web'
import { conversationQuery } from './inbox-api.ts'
import classes from './inbox-page.module.css'
import { Queue } from './queue/queue.tsx'
import { useInboxAddress } from './use-inbox-address.ts'

/** Comes right behind the queue: the first picture does not wait for it, the first conversation hardly ever does. */
const loadPane = () => import('./thread/conversation-pane.tsx')
const ConversationPane = lazy(loadPane)
const ShortcutsHelp = lazy(() => import('./shortcuts-help.tsx'))

/** The one window: queue, conversation, card. On a narrow screen three steps of one path. */
export default function InboxPage() {
  const { t } = useTranslation()
  const { conversationId, step } = useInboxAddress()
  const [isHelpOpen, setHelpOpen] = useState(false)
  useEffect(() => {
    void loadPane()
  }, [])
  useShortcuts({ '?': () => setHelpOpen(true) })
  return (
    <div className={classes.window} data-step={!conversationId ? 'queue' : (step ?? 'thread')}>
      <Queue />
      {conversationId ? (
        <Suspense fallback={<LoadingState />}>
          <ConversationPane key={conversationId} conversationId={conversationId} />
        </Suspense>
      ) : (
        <EmptyState icon={IconMessages} title={t('inbox.nothingOpen')} text={t('inbox.nothingOpenText')} />
      )}
      {conversationId && <Card conversationId={conversationId} />}
      {isHelpOpen && (
        <Suspense>
          <ShortcutsHelp onClose={() => setHelpOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}

function Card({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation()
  const { change } = useInboxAddress()
  const { data: conversation } = useQuery(conversationQuery(conversationId))
  return (
    <aside className={classes.card} aria-label={t('inbox.card.title')}>
      <div className={classes.cardBack}>
        <ActionIcon aria-label={t('inbox.card.back')} onClick={() => change({ step: undefined })}>
          <IconArrowLeft size={18} />
        </ActionIcon>
        <strong className="okno-clip">{conversation?.person.name}</strong>
      </div>
      <Suspense fallback={<LoadingState />}>
        {conversation && <CustomerCard key={conversation.person.id} personId={conversation.person.id} />}
      </Suspense>
    </aside>
  )
}
