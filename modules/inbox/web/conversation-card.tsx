import { ActionIcon } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { CustomerCard } from '#modules/customers/web'
import { LoadingState } from '#platform/web'
import { conversationQuery } from './inbox-api.ts'
import classes from './inbox-page.module.css'
import { useInboxAddress } from './use-inbox-address.ts'

/** The card of whom a conversation is with, and the way back to the thread where it stands in its place. */
export function ConversationCard({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation()
  const { change, isInList } = useInboxAddress()
  const { data: conversation } = useQuery(conversationQuery(conversationId))
  return (
    <aside className={classes.card} aria-label={t('inbox.card.title')}>
      <div className={classes.cardBack} data-shown={isInList || undefined}>
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
