import { IconMessages } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { ObjectList } from '#modules/objects/web'
import { EmptyState, LoadingState } from '#platform/web'
import { ConversationCard } from '../conversation-card.tsx'
import { ChannelIcon } from '../queue/channel-icon.tsx'
import { LIST_PATH, useInboxAddress } from '../use-inbox-address.ts'
import { ListHeading } from './list-heading.tsx'

const ConversationPane = lazy(() => import('../thread/conversation-pane.tsx'))

const COLUMNS = [
  'subject',
  'person',
  'companies',
  'status',
  'owner',
  'lastMessageAt',
  'number',
  'priority',
  'tags',
  'team',
  'account',
]
const QUICK = ['status', 'owner']
const ALSO = ['channel']

/** Every conversation that the operator may see, as a table; the opened one beside it. */
export default function ConversationsPage() {
  const { t } = useTranslation()
  const { conversationId } = useParams({ strict: false }) as { conversationId?: string }
  const { step } = useInboxAddress()
  return (
    <ObjectList
      object="conversation"
      path={LIST_PATH}
      openId={conversationId}
      columns={COLUMNS}
      sort="-lastMessageAt"
      quick={QUICK}
      also={ALSO}
      before={({ values: { channel } }, size) => (
        <ChannelIcon kind={typeof channel === 'string' ? channel : ''} size={size / 1.6} />
      )}
      isWindow
      heading={<ListHeading />}
      searchLabel={t('inbox.queue.search')}
      empty={<EmptyState icon={IconMessages} title={t('inbox.list.none')} text={t('inbox.list.noneText')} />}
      card={(id) =>
        step === 'card' ? (
          <ConversationCard conversationId={id} />
        ) : (
          <Suspense fallback={<LoadingState />}>
            <ConversationPane key={id} conversationId={id} />
          </Suspense>
        )
      }
    />
  )
}
