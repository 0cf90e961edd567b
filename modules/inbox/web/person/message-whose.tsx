import { ActionIcon, Tooltip } from '@mantine/core'
import { IconUserQuestion } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#modules/access/web'
import { conversationQuery, type MessageWire } from '../inbox-api.ts'
import classes from '../thread/thread.module.css'

const SomeoneElse = lazy(() => import('./someone-else.tsx'))

/** Beside a customer's message: "this is from someone else". */
export function MessageWhose({ message }: { message: MessageWire }) {
  const { t } = useTranslation()
  const { permissions } = useMe()
  const cache = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const conversation = isOpen ? cache.getQueryData(conversationQuery(message.conversationId).queryKey) : undefined
  if (!permissions.includes('customers.edit') || !permissions.includes('inbox.reply')) return null
  return (
    <>
      <Tooltip label={t('inbox.someoneElse.open')}>
        <ActionIcon
          className={classes.whose ?? ''}
          size="xs"
          variant="subtle"
          aria-label={t('inbox.someoneElse.open')}
          onClick={() => setOpen(true)}
        >
          <IconUserQuestion size={14} />
        </ActionIcon>
      </Tooltip>
      {conversation && (
        <Suspense>
          <SomeoneElse conversation={conversation} message={message} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
