import { IconMessages } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState, LoadingState, useShortcuts } from '#platform/web'
import { ConversationCard } from './conversation-card.tsx'
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
      {conversationId && <ConversationCard conversationId={conversationId} />}
      {isHelpOpen && (
        <Suspense>
          <ShortcutsHelp onClose={() => setHelpOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}
